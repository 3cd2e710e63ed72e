import { newJob } from '../../src/jobs/job-steps.js';
import type { Job } from '../../src/jobs/job.js';
import { sampleJob } from './sample-jobs.js';

/** A ready job of three searches: the first complete, the second short, the third without results. */
export function sampleListJob(changes: Partial<Job> = {}): Job {
  const queries = [
    { text: 'red panda', count: 3 },
    { text: 'photo of a koala', count: 4, name: 'bears' },
    { text: 'owl', count: 2 },
  ];
  const job = newJob(sampleJob('list', 0, { query: 'red panda', count: 9, queries }));
  const engines = [{ engine: 'bing', found: 5, kept: 3, leftOut: 1, end: null }] as const;
  return {
    ...job,
    state: 'ready',
    delivered: 4,
    archive: { name: `${job.id}/1.zip`, bytes: 1_000_000, sha256: 'ab'.repeat(32) },
    expiresAt: 86_400_000,
    progress: {
      found: 7,
      kept: 4,
      rejected: { timeout: 1 },
      bytes: 1_000_000,
      engines,
      queries: [
        { found: 5, kept: 3, rejected: {}, engines },
        { found: 2, kept: 1, rejected: { timeout: 1 }, engines: [] },
        { found: 0, kept: 0, rejected: {}, engines: [] },
      ],
    },
    shortfall: [
      { reason: 'search_exhausted', count: 2, query: 1 },
      { reason: 'timeout', count: 1, query: 1 },
    ],
    ...changes,
  };
}
