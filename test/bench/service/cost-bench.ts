import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { familyOf, processesIn } from '../../support/service/processes.ts';
import { Service } from '../../support/service/service.ts';
import { hasEnded, submitJob, untilJob } from '../../support/service/service-jobs.ts';
import { atMost, type Bench, type BenchContext, type BenchResult, median } from '../bench.ts';
import { watchMemory } from './family-watch.ts';
import { openReplica } from './open-replica.ts';

const IMAGES = 500;
const PICTURES = { count: IMAGES, leastBytes: 3_300_000, mostBytes: 5_000_000 };
const SETTLE_MS = 10_000;
const IDLE_MS = 60_000;
const JOB_WITHIN_MS = 1_200_000;
const CHROME_GONE_MS = 60_000;
const MB = 1e6;

/** P8: memory and processor time of an idle service, and memory during a job of 500 images and 2 GB. */
export const costBench: Bench = {
  ids: ['P8'],
  async run(context) {
    context.say(`painting ${IMAGES} pictures of about 4 MB`);
    const replica = await openReplica(join(context.folder, 'pictures'), PICTURES);
    const service = await Service.start({
      settings: {
        ENGINES: 'google',
        ...replica.settings,
        MAX_JOB_BYTES: '3GB',
      },
    });
    try {
      await sleep(SETTLE_MS);
      const results = [...(await idle(service, context)), ...(await busy(service, replica, context))];
      return [...results, await chromeLeft(service)];
    } finally {
      await service.remove();
      replica.close();
    }
  },
};

async function idle(service: Service, { say }: BenchContext): Promise<BenchResult[]> {
  const before = await familyOf(service.pid);
  const residentMb: number[] = [];
  for (let waitedMs = 0; waitedMs < IDLE_MS; waitedMs += 1000) {
    await sleep(1000);
    residentMb.push(((await familyOf(service.pid))[0]?.residentBytes ?? Number.NaN) / MB);
  }
  const cpuMs = cpuOf(await familyOf(service.pid)) - cpuOf(before);
  const figures = { residentMb: median(residentMb), mostMb: Math.max(...residentMb), cpuMs };
  say(`idle: ${JSON.stringify(figures)}`);
  return [
    atMost({ id: 'P8', what: 'memory, idle', figure: figures.mostMb, unit: 'MB', runs: [figures] }, 145),
    atMost(
      {
        id: 'P8',
        what: 'processor, idle for a minute',
        figure: (100 * cpuMs) / IDLE_MS,
        unit: '% of a core',
        runs: [figures],
      },
      0.3,
    ),
  ];
}

async function busy(
  service: Service,
  { query }: { readonly query: string },
  { say }: BenchContext,
): Promise<BenchResult[]> {
  const { id } = await submitJob(service, { query, count: IMAGES, email: 'bench@example.org' });
  const ended = untilJob(service, id, hasEnded, JOB_WITHIN_MS);
  const use = await watchMemory(service.pid, ended);
  const { delivered, progress } = await ended;
  const figures = {
    delivered,
    jobMb: progress.bytes / MB,
    serviceMb: use.serviceBytes / MB,
    familyMb: use.familyBytes / MB,
  };
  say(`busy: ${JSON.stringify(figures)}`);
  const what = `memory of the service, ${delivered} images, ${(progress.bytes / 1e9).toFixed(1)} GB`;
  const family = { id: 'P8', what: 'memory of the service with decoders and Chrome in that job', unit: 'MB' };
  return [
    atMost({ id: 'P8', what, figure: figures.serviceMb, unit: 'MB', runs: [figures] }, 300),
    { ...family, figure: figures.familyMb, bar: 'none', holds: null, runs: [figures] },
  ];
}

/** Number of Chrome processes a minute after the last search. */
async function chromeLeft(service: Service): Promise<BenchResult> {
  await sleep(CHROME_GONE_MS);
  const left = await processesIn(`${service.tempDir}/image-job-browser-`);
  const what = 'processes of Chrome 60 s after the last search';
  return atMost({ id: 'P8', what, figure: left.length, unit: 'processes', runs: [{ left: left.length }] }, 0);
}

function cpuOf(family: readonly { readonly cpuMs: number }[]): number {
  return family.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}
