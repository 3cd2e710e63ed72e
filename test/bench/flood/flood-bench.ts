import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startReplica } from '../../replica/replica.ts';
import { familyOf } from '../../support/service/processes.ts';
import { Service } from '../../support/service/service.ts';
import { recordIdOf } from '../../support/service/service-jobs.ts';
import { readRecords } from '../../support/service/service-records.ts';
import { atMost, type Bench, type BenchContext, type BenchResult, percentile } from '../bench.ts';
import type { Flood } from './flooder.ts';
import { othersMeanwhile, type Waits } from './others.ts';

const FLOODER = fileURLToPath(new URL('./flooder.ts', import.meta.url));
const RATE = 200;
const SECONDS = 60;
const STRANGERS = 40;
/** Ignore the first seconds of a flood, which fill caches and the young generation. */
const WARM_UP_SECONDS = 10;
const SETTLE_MS = 5000;
const MB = 1e6;

/** FLOOD: 200 submissions a second by strangers for a minute, and their effect on others. */
export const floodBench: Bench = {
  ids: ['FLOOD'],
  async run(context) {
    const alone = await measure('', context);
    const stopWork = otherWork();
    try {
      return [...alone, ...(await measure(', a core taken by other work', context))];
    } finally {
      stopWork();
    }
  },
};

/** Uses a whole core, like other programs on a small machine; ends with this process at the latest. */
function otherWork(): () => void {
  const work = 'const parent = process.ppid; while (process.ppid === parent);';
  const child = spawn(process.execPath, ['-e', work], { stdio: 'ignore' });
  return () => void child.kill('SIGKILL');
}

async function measure(beside: string, context: BenchContext): Promise<BenchResult[]> {
  const replica = await startReplica({ web: 'clean', searchLatencyMs: [0, 1] });
  const service = await Service.start({
    settings: {
      ENGINES: 'commons',
      ...replica.settings,
      TRUST_PROXY: 'true',
    },
  });
  try {
    return await floodOf(service, beside, context);
  } finally {
    await service.remove();
    await replica.close();
  }
}

async function floodOf(service: Service, beside: string, { say }: BenchContext): Promise<BenchResult[]> {
  await flood(service, WARM_UP_SECONDS);
  await sleep(SETTLE_MS);
  const [before] = await familyOf(service.pid);
  const over = new AbortController();
  const others = othersMeanwhile(service, over.signal);
  const { statuses, accepted, bytes, waitsMs } = await flood(service, SECONDS);
  over.abort();
  const waits = await others;
  await sleep(SETTLE_MS);
  const [after] = await familyOf(service.pid);
  const lost = lostOf(service, accepted);
  const memory = (after?.residentBytes ?? Number.NaN) / (before?.residentBytes ?? Number.NaN);
  const figures = {
    ...statuses,
    ...Object.fromEntries([...waits].map(([other, all]) => [`${other} p99`, percentile(all, 99)])),
    accepted: new Set(accepted).size,
    lost,
    answeredMb: bytes / MB,
    strangersP50: percentile(waitsMs, 50),
    strangersP99: percentile(waitsMs, 99),
    cpuSeconds: ((after?.cpuMs ?? Number.NaN) - (before?.cpuMs ?? Number.NaN)) / 1000,
    beforeMb: (before?.residentBytes ?? Number.NaN) / MB,
    afterMb: (after?.residentBytes ?? Number.NaN) / MB,
  };
  say(`flood${beside}: ${JSON.stringify(figures)}`);
  const row = (what: string, figure: number, unit: string, most: number): BenchResult =>
    atMost({ id: 'FLOOD', what: `${what}${beside}`, figure, unit, runs: [figures] }, most);
  return [
    ...othersOf(waits, beside),
    row('accepted jobs that were lost', lost, 'jobs', 0),
    row('memory after the flood against before', memory, '×', 1.25),
  ];
}

function othersOf(waits: Waits, beside: string): BenchResult[] {
  return [...waits].map(([other, all]) => {
    const runs = [{ samples: all.length, p50: percentile(all, 50), p99: percentile(all, 99) }];
    const what = `${other} of others meanwhile, p99${beside}`;
    return atMost({ id: 'FLOOD', what, figure: percentile(all, 99), unit: 'ms', runs }, 100);
  });
}

/** Number of accepted jobs without a record. */
function lostOf({ dataDir }: Service, accepted: readonly string[]): number {
  const ids = [...new Set(accepted)].map((page) => recordIdOf(page.split('/').at(-1) ?? ''));
  return readRecords(dataDir, (records) => ids.filter((id) => records.job(id) === null).length);
}

async function flood({ url }: Service, seconds: number): Promise<Flood> {
  const args = [FLOODER, url, ...[seconds, RATE, STRANGERS].map(String)];
  const child: ChildProcess = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const said = child.stdout === null ? '' : await text(child.stdout);
  const [code] = await ended;
  if (code !== 0) throw new Error(`the flooder ended with ${code}`);
  return JSON.parse(said);
}
