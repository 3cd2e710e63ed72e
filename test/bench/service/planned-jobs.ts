import { randomBytes } from 'node:crypto';
import type { NewJob } from '../../../src/jobs/job.ts';
import { BUILD, type Service } from '../../support/service/service.ts';

const DAY_MS = 86_400_000;

/**
 * Adds jobs to the records of a running service, as another of its processes would (the form only knows whole
 * minutes). They search an engine without results, so that each run ends at once.
 * @param instants due times
 * @returns their ids, in the same order
 */
export async function planJobs(service: Service, instants: readonly number[]): Promise<string[]> {
  const { openSqlite } = await import(new URL('src/storage/sqlite/open-sqlite.js', BUILD).href);
  const storage = await openSqlite(service.dataDir);
  try {
    const jobs = instants.map((dueAt) => emptyJob(dueAt));
    for (const job of jobs) await storage.jobs.submit(job);
    return jobs.map(({ id }) => id);
  } finally {
    await storage.close();
  }
}

function emptyJob(dueAt: number): NewJob {
  return {
    id: randomBytes(16).toString('hex'),
    door: 'api',
    submittedAt: Date.now(),
    purgeAt: dueAt + 40 * DAY_MS,
    request: {
      query: 'all:no-results',
      count: 1,
      dueAt,
      startsNow: false,
      timeZone: 'UTC',
      filters: {},
      engines: ['commons'],
      recipients: [],
    },
  };
}

/** A log line about the start of a run. */
export interface Begin {
  readonly jobId: string;
  /** Delay from the job's due time to the start of its run. */
  readonly lateMs: number;
}

/** All runs begun since the service was started, in order. */
export function beginsOf(service: Service): Begin[] {
  return service.log.filter((line) => line.includes('"msg":"run begun"')).map((line) => JSON.parse(line));
}

/** Number of runs ended since the service was started. */
export function endsOf(service: Service): number {
  return service.log.filter((line) => line.includes('"msg":"run ended"')).length;
}
