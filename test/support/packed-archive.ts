import type { Archive, Job } from '../../src/jobs/job.js';
import { newJob } from '../../src/jobs/job-steps.js';
import { ArchiveBuilder } from '../../src/zipping/archive-builder.js';
import type { ArchiveStore } from '../../src/zipping/archive-store.port.js';
import { ampleMemory } from './images/ample-memory.js';
import { keptImage } from './images/kept-images.js';
import { sampleJob } from './sample-jobs.js';
import { TestClock } from './test-clock.js';

/** A job whose images are packed. */
export interface PackedJob {
  readonly job: Job;
  readonly archive: Archive;
}

/** Packs images of these bytes as the product does. @param wanted how many were asked for; default: all */
export async function packArchive(
  store: ArchiveStore,
  images: readonly Buffer[],
  {
    name = 'packed',
    wanted = images.length,
    job = { ...newJob(sampleJob(name, 0, { count: wanted })), epoch: 1 },
  }: { readonly name?: string; readonly wanted?: number; readonly job?: Job } = {},
): Promise<PackedJob> {
  const builder = new ArchiveBuilder(store, new TestClock(), ampleMemory());
  const order = {
    job,
    kept: images.map((bytes, index) => keptImage(index, bytes, { title: `Picture ${index + 1}` })),
    shortfall:
      wanted > images.length ? ([{ reason: 'timeout', count: wanted - images.length }] as const) : [],
    engines: [],
    read: async ({ position }: { readonly position: number }) => Buffer.from(images[position] ?? ''),
  };
  return { job, archive: await builder.build(order, new AbortController().signal) };
}
