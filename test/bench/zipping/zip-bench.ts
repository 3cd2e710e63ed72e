import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { atLeast, atMost, type Bench, type BenchContext, type BenchResult, median } from '../bench.ts';
import { writeImages, zipJob } from './zip-job.ts';

const IMAGES = 500;
/** Size factor of the large job in the comparison of memory. */
const LARGE = 4;

interface Round {
  readonly oursMs: number;
  readonly zipMs: number;
}

/**
 * P4: an archive of 100 MB, with digests and manifests and synced to disk, against `zip -0`; and its memory.
 */
export const zipBench: Bench = {
  ids: ['P4'],
  async run(context) {
    const images = join(context.folder, 'images');
    const job = await zipJob(join(context.folder, 'archives'), images, await writeImages(images, IMAGES));
    await job.pack(1);
    const rounds: Round[] = [];
    for (let round = 0; round < context.rounds; round += 1) {
      const { ms: oursMs } = await job.pack(1, emptyDiskQueue);
      rounds.push({ oursMs, zipMs: await timeZip(images, join(context.folder, 'zip.zip')) });
      context.say(JSON.stringify(rounds.at(-1), (_key, value: unknown) => rounded(value)));
    }
    return [speedOf(rounds), await memoryOf(job, context)];
  },
};

function speedOf(rounds: readonly Round[]): BenchResult {
  const figure = median(rounds.map(({ oursMs, zipMs }) => zipMs / oursMs));
  const runs = rounds.map((round) => ({ ...round }));
  return atLeast({ id: 'P4', what: 'zip of 100 MB against zip -0', figure, unit: '×', runs }, 1.25);
}

async function memoryOf(
  job: Awaited<ReturnType<typeof zipJob>>,
  { say }: BenchContext,
): Promise<BenchResult> {
  const small = (await job.pack(1)).peakBytes;
  const large = (await job.pack(LARGE)).peakBytes;
  say(`highest memory: ${rounded(small / 1e6)} MB, ${LARGE} times the job ${rounded(large / 1e6)} MB`);
  const what = `memory for ${LARGE} times the job`;
  return atMost({ id: 'P4', what, figure: large / small, unit: '×', runs: [{ small, large }] }, 1.25);
}

/** @returns milliseconds; NaN if zip is not installed */
async function timeZip(images: string, zip: string): Promise<number> {
  await rm(zip, { force: true });
  emptyDiskQueue();
  const began = performance.now();
  const { status } = spawnSync('zip', ['-0', '-q', '-j', '-r', zip, images]);
  return status === 0 ? performance.now() - began : Number.NaN;
}

/** Writes pending data to disk first: ours syncs its file and would otherwise pay for that of zip. */
function emptyDiskQueue(): void {
  spawnSync('sync');
}

function rounded(value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value) : value;
}
