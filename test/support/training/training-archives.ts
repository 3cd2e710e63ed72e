import { join } from 'node:path';
import { newJob } from '../../../src/jobs/job-steps.js';
import type { RequestQuery } from '../../../src/jobs/job.js';
import { type ImageFormat, POSITIONS_PER_QUERY } from '../../../src/jobs/image-record.js';
import type { Output } from '../../../src/jobs/request/output.js';
import { ArchiveBuilder } from '../../../src/zipping/archive-builder.js';
import { DiskArchiveStore } from '../../../src/zipping/disk.archive-store.js';
import type { KeptImage } from '../../../src/zipping/kept-image.js';
import { ampleMemory } from '../images/ample-memory.js';
import { keptImage } from '../images/kept-images.js';
import { picture } from '../images/sample-images.js';
import { sampleJob } from '../sample-jobs.js';
import { TestClock } from '../test-clock.js';

/** The classes of the sample, of which the last found nothing. */
export const CLASSES: readonly RequestQuery[] = [
  { text: 'C', count: 4 },
  { text: 'C++', count: 4 },
  { text: 'C#', count: 4 },
  { text: 'photo of a red panda', count: 4, name: 'red panda' },
  { text: '熊猫', count: 4 },
  { text: 'قطة', count: 4 },
  { text: 'con', count: 4 },
  { text: '🦊', count: 4 },
  { text: '2024-01-01', count: 4 },
  { text: 'unicorn', count: 4 },
];

/** Titles that libraries, tables or people could misread. */
export const TITLES: readonly (string | null)[] = [
  'A test tube (validation)',
  'قطة نائمة "صغيرة"',
  'Line one\r\nline\u2028two\ttab 🦊, "quoted", it\'s',
  null,
];

const LICENCE = { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/', credit: 'Ann "A"' };
const WIDTH = 16;

/**
 * The kept images: four of each class but the last; only the first of each class has a licence.
 * @param formats of the four
 */
export async function trainingImages(
  formats: readonly ImageFormat[],
): Promise<{ image: KeptImage; bytes: Buffer }[]> {
  const places = CLASSES.slice(0, -1).flatMap((_class, query) =>
    TITLES.map((title, at) => ({ query, at, title })),
  );
  return Promise.all(
    places.map(async ({ query, at, title }, seed) => {
      const format = formats[at] ?? 'jpeg';
      const bytes = await picture(seed, WIDTH + query, 12)
        .toFormat(format)
        .toBuffer();
      const position = query * POSITIONS_PER_QUERY + at;
      const licence = at === 0 ? LICENCE : null;
      return { image: keptImage(position, bytes, { query, title, licence }, format), bytes };
    }),
  );
}

/** Packs the sample as the product does. @returns the path of the zip, which is named after `name` */
export async function packTraining(
  folder: string,
  epoch: number,
  output: Output,
  images: Awaited<ReturnType<typeof trainingImages>>,
): Promise<string> {
  const queries = CLASSES;
  const request = { query: 'C', count: 40, queries, output };
  const job = { ...newJob(sampleJob('training', 0, request)), epoch };
  const builder = new ArchiveBuilder(new DiskArchiveStore(folder), new TestClock(), ampleMemory());
  const bytesAt = new Map(images.map(({ image, bytes }) => [image.position, bytes]));
  const shortfall = [{ reason: 'search_exhausted', count: 4, query: CLASSES.length - 1 }] as const;
  const kept = images.map(({ image }) => image);
  const read = async ({ position }: { position: number }) => bytesAt.get(position) ?? Buffer.alloc(0);
  const { name } = await builder.build(
    { job, kept, shortfall, engines: [], read },
    new AbortController().signal,
  );
  return join(folder, name);
}
