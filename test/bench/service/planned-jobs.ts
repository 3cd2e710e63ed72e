import { randomBytes } from 'node:crypto';
import type { NewJob } from '../../../src/jobs/job.ts';
import { BUILD, type Service } from '../../support/service/service.ts';

const DAY_MS = 86_400_000;

/**
 * Puts jobs into the records of a running service, as another process of it would (the form only knows whole
 * minutes). They search an engine without results, so that a run is over at once.
 * @param instants when each is due
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

/** A line of the log that says that a run began. */
export interface Begin {
  readonly jobId: string;
  /** From the instant the job was due to the instant its run began. */
  readonly lateMs: number;
}

/** Every begin of a run since the service was started, in their order. */
export function beginsOf(service: Service): Begin[] {
  return service.log.filter((line) => line.includes('"msg":"run begun"')).map((line) => JSON.parse(line));
}

/** How many runs have ended since the service was started. */
export function endsOf(service: Service): number {
  return service.log.filter((line) => line.includes('"msg":"run ended"')).length;
}
