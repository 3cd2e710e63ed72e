import type { types } from 'cassandra-driver';
import type { Instant } from '../../../jobs/clock.port.js';
import {
  type Door,
  type Job,
  type JobId,
  type JobRequest,
  NO_PROGRESS,
  type Progress,
} from '../../../jobs/job.js';
import type { JobState, Stage } from '../../../jobs/job-states.js';
import {
  cassandraInstant,
  cassandraJson,
  cassandraMicros,
  cassandraNumber,
  requiredCassandraInstant,
  requiredCassandraText,
  cassandraText,
} from '../columns.js';

/** The `state` of a job while its rows are being deleted. */
export const DELETED_MARK = 'deleted';

/** One job in its partition. */
export interface JobRow {
  /** Null if the partition is being deleted. */
  readonly job: Job | null;
  /** Number of conditional writes; the condition of the next one. */
  readonly version: number;
  /** Server time of the last conditional write, in microseconds. */
  readonly versionAt: bigint;
  /** Server time of the last progress, microseconds; 0 if there is none. */
  readonly liveAt: bigint;
  /** Ids of the last conditional writes, newest first. */
  readonly ops: readonly string[];
  /** Identifies one life of the job id. */
  readonly incarnation: string;
  readonly purgeAt: Instant;
}

/** The columns that `saveProgress` writes, apart from the conditional ones. */
export interface LiveProgress {
  readonly epoch: number;
  readonly stage: Stage;
  readonly progress: Progress;
}

/** Reads a job; `WHERE job_id = ?` follows. */
export const SELECT_JOB = `SELECT state, version, ops, incarnation, door, request, stage, epoch, attempts,
  submitted_at, due_at, started_at, finished_at, progress, live, delivered, shortfall, cause, archive, expires_at,
  extended, purge_at, WRITETIME(version) AS version_at, WRITETIME(live) AS live_at
  FROM ks.job WHERE job_id = ? LIMIT 1`;

/** Maximum progress writes of one run that get versions of their own. */
const LIVE_STEPS = 1_000_000;

/** @returns the public version after a conditional write, before any progress */
export function versionAfter(count: number): number {
  return count * LIVE_STEPS;
}

/** @returns the row, or null if the partition has no job */
export function toJobRow(id: JobId, row: types.Row): JobRow | null {
  const state = cassandraText(row, 'state');
  if (state === null) return null;
  const common = {
    version: cassandraNumber(row, 'version'),
    versionAt: cassandraMicros(row, 'version_at'),
    liveAt: cassandraMicros(row, 'live_at'),
    ops: cassandraJson<string[]>(row, 'ops') ?? [],
    incarnation: requiredCassandraText(row, 'incarnation'),
    purgeAt: requiredCassandraInstant(row, 'purge_at'),
  };
  const request = cassandraJson<JobRequest>(row, 'request');
  if (state === DELETED_MARK || request === null) return { job: null, ...common };
  const stored = storedJob(id, state as JobState, request, row);
  return { job: withLive(stored, cassandraJson<LiveProgress>(row, 'live'), common), ...common };
}

/** Adds the progress of the current run; progress of an earlier epoch is ignored. */
function withLive(stored: Job, live: LiveProgress | null, at: Pick<JobRow, 'versionAt' | 'liveAt'>): Job {
  if (live === null || stored.state !== 'running' || live.epoch !== stored.epoch) return stored;
  const { stage, progress } = live;
  const writes = Number(at.liveAt - at.versionAt);
  const step = Math.min(Math.max(writes, 1), LIVE_STEPS - 1);
  return { ...stored, stage, progress, version: stored.version + step };
}

function storedJob(id: JobId, state: JobState, request: JobRequest, row: types.Row): Job {
  return {
    id,
    door: requiredCassandraText(row, 'door') as Door,
    request,
    state,
    stage: cassandraText(row, 'stage') as Stage | null,
    version: versionAfter(cassandraNumber(row, 'version')),
    epoch: cassandraNumber(row, 'epoch'),
    attempts: cassandraNumber(row, 'attempts'),
    submittedAt: requiredCassandraInstant(row, 'submitted_at'),
    dueAt: requiredCassandraInstant(row, 'due_at'),
    startedAt: cassandraInstant(row, 'started_at'),
    finishedAt: cassandraInstant(row, 'finished_at'),
    progress: cassandraJson<Progress>(row, 'progress') ?? NO_PROGRESS,
    delivered: cassandraNumber(row, 'delivered'),
    shortfall: cassandraJson<Job['shortfall']>(row, 'shortfall') ?? [],
    cause: cassandraJson<Job['cause']>(row, 'cause'),
    archive: cassandraJson<Job['archive']>(row, 'archive'),
    expiresAt: cassandraInstant(row, 'expires_at'),
    extended: row.get('extended') === true,
    purgeAt: requiredCassandraInstant(row, 'purge_at'),
  };
}
