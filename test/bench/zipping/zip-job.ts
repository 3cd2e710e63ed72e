import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageRecord } from '../../../src/jobs/image-record.js';
import type { Job } from '../../../src/jobs/job.js';
import type { ArchiveBuilder } from '../../../src/zipping/archive-builder.js';
import { loadBuilt } from '../load-built.ts';

const ID = 'a'.repeat(32);

/** A job whose images are on disk, ready to be packed by the build. */
export interface ZipJob {
  /** The zip of the latest packing. */
  readonly path: string;
  /**
   * Packs the images `times` times.
   * @param prepare runs untimed just before
   * @returns milliseconds and peak resident memory in bytes
   */
  pack(times: number, prepare?: () => void): Promise<{ readonly ms: number; readonly peakBytes: number }>;
}

/** Writes `count` files of random bytes, incompressible like JPEGs, into `images`. @returns their records */
export async function writeImages(images: string, count: number): Promise<ImageRecord[]> {
  await mkdir(images);
  const records: ImageRecord[] = [];
  for (let position = 0; position < count; position += 1) {
    // 50 to 350 KB, with the same sizes in every run.
    const content = randomBytes(50_000 + ((position * 7919) % 300) * 1000);
    const record = recordOf(position, content);
    await writeFile(join(images, fileOf(record)), content);
    records.push(record);
  }
  return records;
}

/** Assembles the builder from the build, with archives in `folder`. */
export async function zipJob(folder: string, images: string, records: ImageRecord[]): Promise<ZipJob> {
  const built = {
    ...(await loadBuilt<typeof import('../../../src/zipping/archive-builder.js')>(
      'zipping/archive-builder.js',
    )),
    ...(await loadBuilt<typeof import('../../../src/zipping/disk.archive-store.js')>(
      'zipping/disk.archive-store.js',
    )),
    ...(await loadBuilt<typeof import('../../../src/imaging/image-memory.js')>('imaging/image-memory.js')),
    ...(await loadBuilt<typeof import('../../../src/jobs/system-clock.js')>('jobs/system-clock.js')),
    ...(await loadBuilt<typeof import('../../../src/jobs/job-steps.js')>('jobs/job-steps.js')),
  };
  const builder = new built.ArchiveBuilder(
    new built.DiskArchiveStore(folder),
    new built.SystemClock(),
    new built.ImageMemory(512e6),
  );
  const request = { query: 'red panda', count: records.length, dueAt: 0, startsNow: true, timeZone: 'UTC' };
  const job = built.newJob({
    id: ID,
    door: 'web',
    request: { ...request, filters: {}, engines: [], recipients: [] },
    submittedAt: 0,
    purgeAt: 0,
  });
  return {
    path: join(folder, ID, `${job.epoch}.zip`),
    async pack(times, prepare = () => {}) {
      await rm(folder, { recursive: true, force: true });
      prepare();
      const kept = Array.from({ length: times }, () => records).flat();
      return timed(builder, job, kept, (record) => readFile(join(images, fileOf(record))));
    },
  };
}

async function timed(
  builder: ArchiveBuilder,
  job: Job,
  kept: readonly ImageRecord[],
  readImage: (record: ImageRecord) => Promise<Buffer>,
): Promise<{ ms: number; peakBytes: number }> {
  let peakBytes = 0;
  let reads = 0;
  const read = (record: ImageRecord): Promise<Buffer> => {
    // Sampling has a cost as well.
    if (reads++ % 25 === 0) peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
    return readImage(record);
  };
  const began = performance.now();
  await builder.build({ job, kept, shortfall: [], engines: [], read }, new AbortController().signal);
  return { ms: performance.now() - began, peakBytes };
}

function fileOf({ urlHash }: ImageRecord): string {
  return `${urlHash}.jpg`;
}

function recordOf(position: number, content: Buffer): ImageRecord {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return {
    urlHash: sha256.slice(0, 32),
    position,
    candidate: {
      engine: 'google',
      rank: position + 1,
      sourceId: `doc${position}`,
      imageUrl: `https://images.example/${position}.jpg`,
      previewUrl: null,
      pageUrl: `https://pages.example/${position}`,
      title: `Picture ${position}`,
      site: 'Pages',
      claimed: null,
      licence: null,
    },
    outcome: {
      status: 'kept',
      file: {
        sha256,
        format: 'jpeg',
        width: 800,
        height: 600,
        bytes: content.length,
        fingerprint: '0'.repeat(16),
      },
    },
  };
}
