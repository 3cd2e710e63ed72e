import { createHash } from 'node:crypto';
import type { Candidate } from '../../src/jobs/candidate.js';
import type { Instant } from '../../src/jobs/clock.port.js';
import type { ImageRecord } from '../../src/jobs/image-record.js';
import type { JobRequest, NewJob } from '../../src/jobs/job.js';
import { purgeInstant } from '../../src/jobs/retention.js';

/** 32 hex digits derived from `name`: a recognizable job id. */
export function idOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}

/** A request due at `dueAt`, with `changes`. */
export function sampleRequest(dueAt: Instant, changes: Partial<JobRequest> = {}): JobRequest {
  return {
    query: 'red panda',
    count: 3,
    dueAt,
    startsNow: false,
    timeZone: 'Europe/Vienna',
    filters: {},
    engines: [],
    recipients: [{ channel: 'email', address: 'ana@example.org' }],
    ...changes,
  };
}

/** A new job named `name`, due at `dueAt`. */
export function sampleJob(name: string, dueAt: Instant, changes: Partial<JobRequest> = {}): NewJob {
  return {
    id: idOf(name),
    door: 'web',
    request: sampleRequest(dueAt, changes),
    submittedAt: dueAt - 1000,
    purgeAt: purgeInstant(dueAt, 86_400_000),
  };
}

/** A candidate with this rank. */
export function sampleCandidate(rank: number, changes: Partial<Candidate> = {}): Candidate {
  return {
    engine: 'google',
    rank,
    sourceId: `doc${rank}`,
    imageUrl: `https://images.example/${rank}.jpg`,
    previewUrl: null,
    pageUrl: `https://pages.example/${rank}`,
    title: `Picture ${rank}`,
    site: 'Pages',
    claimed: { width: 800, height: 600 },
    licence: null,
    ...changes,
  };
}

/** `record` as kept, with a file whose hash is unique. */
export function asKept(record: ImageRecord, bytes = 1000): ImageRecord {
  const sha256 = createHash('sha256').update(record.urlHash).digest('hex');
  const file = {
    sha256,
    format: 'jpeg',
    width: 800,
    height: 600,
    bytes,
    fingerprint: '0'.repeat(16),
  } as const;
  return { ...record, outcome: { status: 'kept', file } };
}
