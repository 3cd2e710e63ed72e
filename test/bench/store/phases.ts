import type { JobStore } from '../../../src/jobs/job-store.port.js';
import type { NewJob } from '../../../src/jobs/job.js';
import { benchImage, benchJob, benchOutcome, RECIPIENT } from './bench-jobs.ts';

/** One call of the store in the life of a job. */
export interface Phase {
  readonly name: string;
  /** Number of such calls in a job of 500 images. */
  readonly timesPerJob: number;
  run(store: JobStore, job: NewJob, turn: number): Promise<unknown>;
}

/** Number of turns of the phases that handle single images. */
export const IMAGES = 100;
const PAGE = Array.from({ length: 100 }, (_, position) => benchImage(position, false));

/** The phases of one job, in the order in which to run them on it. */
export const PHASES: readonly Phase[] = [
  { name: 'submit', timesPerJob: 1, run: (store, job) => store.submit(job) },
  { name: 'begin', timesPerJob: 1, run: (store, { id }) => store.begin(id, 0, Date.now()) },
  { name: 'save a page of 100 links', timesPerJob: 6, run: (store, { id }) => store.saveImages(id, PAGE) },
  {
    name: 'save one image',
    timesPerJob: 500,
    run: (store, { id }, turn) => store.saveImages(id, [benchImage(turn % IMAGES, true)]),
  },
  {
    name: 'show progress',
    timesPerJob: 60,
    run: (store, { id }, turn) =>
      store.saveProgress(id, 1, 'downloading', {
        found: 500,
        kept: turn,
        rejected: {},
        bytes: turn,
        engines: [],
      }),
  },
  { name: 'look at the job', timesPerJob: 60, run: (store, { id }) => store.get(id) },
  { name: 'read all its images', timesPerJob: 1, run: (store, { id }) => store.images(id) },
  {
    name: 'finish',
    timesPerJob: 1,
    run: (store, { id }) => store.finish(id, 1, benchOutcome(id, Date.now())),
  },
  { name: 'claim and settle a notice', timesPerJob: 2, run: sendStart },
  { name: 'expire (delete all)', timesPerJob: 1, run: (store, { id }) => store.delete(id) },
];

/** A job to run the phases on. */
export function phaseJob(): NewJob {
  return benchJob(Date.now());
}

async function sendStart(store: JobStore, { id }: NewJob): Promise<void> {
  const key = { jobId: id, slot: 'start' as const, recipient: RECIPIENT };
  const claimed = await store.claimNotice(key, Date.now());
  if (claimed !== null) await store.settleNotice(claimed, { status: 'sent' });
}
