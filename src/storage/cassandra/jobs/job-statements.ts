import type { Job, JobId } from '../../../jobs/job.js';
import type { CqlValue, Statement } from '../cassandra-session.js';
import { jsonOrNull } from '../../json-or-null.js';
import { dateOrNull } from '../columns.js';
import { DELETED_MARK, type JobRow, type LiveProgress } from './job-row.js';

const CHANGING = [
  'state',
  'stage',
  'epoch',
  'attempts',
  'due_at',
  'started_at',
  'finished_at',
  'progress',
  'delivered',
  'shortfall',
  'cause',
  'archive',
  'expires_at',
  'extended',
];
const FIXED = ['door', 'request', 'submitted_at', 'incarnation', 'purge_at'];
const MARKS = ['version', 'ops'];

const set = (columns: readonly string[]): string => columns.map((column) => `${column} = ?`).join(', ');

const SUBMIT = `UPDATE ks.job USING TTL ? SET ${set([...MARKS, ...CHANGING, ...FIXED])} WHERE job_id = ? IF state = null`;
const CHANGE = `UPDATE ks.job USING TTL ? SET ${set([...MARKS, ...CHANGING])} WHERE job_id = ? IF version = ?`;
const NULLED = [
  ...CHANGING.filter((column) => column !== 'state'),
  'door',
  'request',
  'submitted_at',
  'live',
];
const MARK_DELETED = `UPDATE ks.job USING TTL ? SET ${set([...MARKS, 'state'])},
  ${NULLED.map((column) => `${column} = null`).join(', ')} WHERE job_id = ? IF version = ?`;

/** Operation ids that a job remembers: enough for all operations that may run at once. */
const REMEMBERED_OPS = 8;

/** Inserts a new job if its partition has none. */
export function submitStatement(job: Job, incarnation: string, ttlSeconds: number): Statement {
  const fixed = [
    job.door,
    JSON.stringify(job.request),
    new Date(job.submittedAt),
    incarnation,
    new Date(job.purgeAt),
  ];
  const marks = [1, JSON.stringify([incarnation])];
  return { query: SUBMIT, params: [ttlSeconds, ...marks, ...changing(job), ...fixed, job.id] };
}

/** Writes the changes of a job if nobody else wrote since `seen`. */
export function changeStatement(seen: JobRow, job: Job, op: string, ttlSeconds: number): Statement {
  const params = [ttlSeconds, ...marksAfter(seen, op), ...changing(job), job.id, seen.version];
  return { query: CHANGE, params };
}

/** Empties all columns and leaves a mark, if nobody else wrote since `seen`. */
export function markDeletedStatement(id: JobId, seen: JobRow, op: string, ttlSeconds: number): Statement {
  return {
    query: MARK_DELETED,
    params: [ttlSeconds, ...marksAfter(seen, op), DELETED_MARK, id, seen.version],
  };
}

/**
 * Shows progress. Its time is just after the conditional write or progress it was read with, whatever the
 * clocks say, so that it never covers a later conditional write and disappears with its partition.
 */
export function progressStatement(
  id: JobId,
  seen: JobRow,
  live: LiveProgress,
  ttlSeconds: number,
): Statement {
  const last = seen.liveAt > seen.versionAt ? seen.liveAt : seen.versionAt;
  return {
    query: 'UPDATE ks.job USING TTL ? AND TIMESTAMP ? SET live = ? WHERE job_id = ?',
    params: [ttlSeconds, last + 1n, JSON.stringify(live), id],
  };
}

function marksAfter(seen: JobRow, op: string): [number, string] {
  return [seen.version + 1, JSON.stringify([op, ...seen.ops].slice(0, REMEMBERED_OPS))];
}

function changing(job: Job): CqlValue[] {
  return [
    job.state,
    job.stage,
    job.epoch,
    job.attempts,
    new Date(job.dueAt),
    dateOrNull(job.startedAt),
    dateOrNull(job.finishedAt),
    JSON.stringify(job.progress),
    job.delivered,
    JSON.stringify(job.shortfall),
    jsonOrNull(job.cause),
    jsonOrNull(job.archive),
    dateOrNull(job.expiresAt),
    job.extended,
  ];
}
