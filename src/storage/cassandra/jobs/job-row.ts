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

/** The value of `state` while the rows of a job are being deleted. */
export const DELETED_MARK = 'deleted';

/** The static columns of a job's partition. */
export interface JobRow {
  /** Null if the partition is being deleted. */
  readonly job: Job | null;
  /** Number of conditional writes so far; the next write is conditional on it. */
  readonly version: number;
  /** Server time of the last conditional write, in microseconds. */
  readonly versionAt: bigint;
  /** Server time of the last progress, in microseconds; 0 if there is none. */
  readonly liveAt: bigint;
  /** Ids of the last conditional writes, newest first. */
  readonly ops: readonly string[];
  /** Id of this job among all jobs that used the same job id. */
  readonly incarnation: string;
  readonly purgeAt: Instant;
}

/** The progress of a run, which `saveProgress` writes without a condition. */
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

/** How many progress writes a version can count between two conditional writes. */
const LIVE_STEPS = 1_000_000;

/** @returns the public version of a job after `count` conditional writes, before any progress */
export function versionAfter(count: number): number {
  return count * LIVE_STEPS;
}

/** @returns the row, or null for a partition that holds no job */
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

/** Adds the progress of the current run; ignores progress of an earlier epoch. */
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
