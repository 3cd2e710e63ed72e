import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { atMost, type Bench, type BenchContext, type BenchResult, median } from '../bench.ts';
import { timeAria2c } from './aria2c.ts';
import { type Forked, forked } from './forked.ts';
import { processorMeter } from '../processor.ts';
import type { ImageWeb } from './image-web-types.ts';
import { timePlainLoop } from './plain-loop.ts';
import { timeCollector, workFolderOf } from './time-collector.ts';

const CONCURRENCY = 32;
const BURIED_MS = 300;

interface Round {
  readonly oursMs: number;
  /** NaN if aria2c is not installed. */
  readonly aria2cMs: number;
  readonly decodedMs: number;
  readonly decodeCpuMs: number;
  /** Processor time of the picture server on the same cores during the decoding. */
  readonly serverCpuMs: number;
  /** Processor time of all other processes during the round; a round with much of it is unreliable. */
  readonly othersCpuMs: number;
}

/**
 * P1 and P3: 500 images on 16 hosts against physics, `aria2c -j32` and a plain loop, without and with
 * decoding.
 */
export const downloadBench: Bench = {
  ids: ['P1', 'P3'],
  async run(context) {
    context.say('making 500 pictures, served by a process of its own');
    await using web = await forked<ImageWeb>('./image-web.ts');
    const rounds: Round[] = [];
    for (let round = 0; round < context.rounds; round += 1)
      rounds.push(await measure(join(context.folder, String(round)), web, context));
    // The loop takes thirty times as long as the others and does not vary: measure it once.
    const loopMs = await measureLoop(join(context.folder, 'loop'), web.said);
    return resultsOf(rounds, loopMs, web.said);
  },
};

async function measureLoop(folder: string, { addresses }: ImageWeb): Promise<number> {
  const urls = addresses.map(({ url }) => url);
  const loopMs = await timePlainLoop(folder, urls, addresses.filter(({ isGood }) => isGood).length);
  await rm(folder, { recursive: true });
  return loopMs;
}

/** Runs all three one after the other in every round, so that noise affects them alike. */
async function measure(
  folder: string,
  { said: web, pid }: Forked<ImageWeb>,
  { say }: BenchContext,
): Promise<Round> {
  const urls = web.addresses.map(({ url }) => url);
  const good = web.addresses.filter(({ isGood }) => isGood).length;
  const { tookMs: oursMs } = await timeCollector(join(folder, 'plain'), web, { decodes: false });
  const aria2cMs = (await timeAria2c(join(folder, 'aria2c'), urls, good)) ?? Number.NaN;
  const used = processorMeter(pid);
  const { tookMs: decodedMs } = await timeCollector(join(folder, 'decoded'), web, { decodes: true });
  // The decoder's processor time counts as ours only after the system has reaped the process.
  await wait(BURIED_MS);
  const { serverMs: serverCpuMs, othersMs: othersCpuMs } = used();
  await using bare = await forked<{ readonly cpuMs: number }>('./bare-decode.ts', [
    workFolderOf(join(folder, 'decoded')),
  ]);
  await rm(folder, { recursive: true });
  const round = { oursMs, aria2cMs, decodedMs, decodeCpuMs: bare.said.cpuMs, serverCpuMs, othersCpuMs };
  say(
    JSON.stringify(round, (_key, value: unknown) => (typeof value === 'number' ? Math.round(value) : value)),
  );
  return round;
}

function resultsOf(rounds: readonly Round[], loopMs: number, web: ImageWeb): BenchResult[] {
  const limitMs = web.addresses.reduce((sum, { latencyMs }) => sum + latencyMs, 0) / CONCURRENCY;
  const cores = availableParallelism();
  const runs = rounds.map((round) => ({ ...round, loopMs, limitMs, cores }));
  const ratio = (of: (round: Round) => number): number => median(rounds.map(of));
  const p1 = { id: 'P1', unit: '×', runs };
  return [
    atMost(
      {
        ...p1,
        what: '500 images: time against the sum of latencies / 32',
        figure: ratio((one) => one.oursMs / limitMs),
      },
      1.15,
    ),
    atMost(
      {
        ...p1,
        what: '500 images: time against aria2c -j32',
        figure: ratio((one) => one.oursMs / one.aria2cMs),
      },
      1.05,
    ),
    atMost(
      {
        ...p1,
        what: '500 images: time against one download after the other',
        figure: ratio((one) => one.oursMs / loopMs),
      },
      1,
    ),
    atMost(
      {
        id: 'P3',
        unit: '×',
        runs,
        what: 'the same decoded: time against the larger of P1 and (decode + server CPU) / cores',
        // The server uses the same cores: its processor time is not available for decoding.
        figure: ratio(
          (one) => one.decodedMs / Math.max(one.oursMs, (one.decodeCpuMs + one.serverCpuMs) / cores),
        ),
      },
      1.3,
    ),
  ];
}
