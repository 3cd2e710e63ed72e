import { setTimeout as sleep } from 'node:timers/promises';
import { Service } from '../../support/service/service.ts';
import { atMost, type Bench, type BenchContext, type BenchResult, median, percentile } from '../bench.ts';
import { type ChatDoor, discordDoor, type OpenDoor, slackHttpDoor, slackSocketDoor } from './chat-doors.ts';

const AT_ONCE = 100;
const ACKNOWLEDGED_WITHIN_MS = 300;
/** Time after which a service is idle again after its start or after a burst. */
const SETTLE_MS = 2000;

/** CHAT: when a hundred people ask at once, the time until the door has acknowledged the last of them. */
export const chatBench: Bench = {
  ids: ['CHAT'],
  async run(context) {
    const results: BenchResult[] = [];
    for (const door of [slackHttpDoor, slackSocketDoor, discordDoor])
      for (const kind of ['commands', 'forms'] as const)
        results.push(...(await measure(door, kind, context)));
    return results;
  },
};

/** Starts a new service for each measurement, so that its first burst is the first after a start. */
async function measure(
  door: ChatDoor,
  kind: 'commands' | 'forms',
  { rounds, say }: BenchContext,
): Promise<BenchResult[]> {
  const open = await door.open();
  const service = await Service.start({ settings: open.settings });
  try {
    await open.ready();
    await sleep(SETTLE_MS);
    const runs: Record<string, number>[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      runs.push(await burst(open, kind, service));
      say(`${door.name}, ${kind}: ${JSON.stringify(runs.at(-1))}`);
      await sleep(SETTLE_MS);
    }
    return resultsOf(`${door.name}, ${AT_ONCE} ${kind} at once: slowest acknowledgement`, runs);
  } finally {
    await service.remove();
    await open.close();
  }
}

async function burst(
  open: OpenDoor,
  kind: 'commands' | 'forms',
  { url }: Service,
): Promise<Record<string, number>> {
  const waitsMs = await open.burst(kind, AT_ONCE, url);
  return { medianMs: median(waitsMs), p99Ms: percentile(waitsMs, 99), slowestMs: Math.max(...waitsMs) };
}

function resultsOf(what: string, runs: readonly Record<string, number>[]): BenchResult[] {
  const [first = Number.NaN, ...later] = runs.map(({ slowestMs = Number.NaN }) => slowestMs);
  const common = { id: 'CHAT', unit: 'ms' } as const;
  return [
    atMost(
      { ...common, what: `${what}, first burst`, figure: first, runs: runs.slice(0, 1) },
      ACKNOWLEDGED_WITHIN_MS,
    ),
    atMost(
      { ...common, what: `${what}, later bursts`, figure: median(later), runs: runs.slice(1) },
      ACKNOWLEDGED_WITHIN_MS,
    ),
  ];
}
