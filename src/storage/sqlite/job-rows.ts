import type { Door, Job, JobId } from '../../jobs/job.js';
import type { JobState, Stage } from '../../jobs/job-states.js';
import { endsAt } from '../../jobs/job-steps.js';
import {
  jsonIn,
  jsonOrNull,
  numberIn,
  optionalJson,
  optionalNumber,
  optionalText,
  textIn,
} from './columns.js';
import type { SqliteDatabase, SqliteRow } from './sqlite-database.js';

const INSERT = `INSERT INTO job (id, door, request, submitted_at, purge_at, state, stage, version, epoch, attempts,
  due_at, started_at, finished_at, progress, delivered, shortfall, cause, archive, expires_at, extended, ends_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const UPDATE = `UPDATE job SET state = ?, stage = ?, version = ?, epoch = ?, attempts = ?, due_at = ?, started_at = ?,
  finished_at = ?, progress = ?, delivered = ?, shortfall = ?, cause = ?, archive = ?, expires_at = ?, extended = ?,
  ends_at = ? WHERE id = ?`;

/** @returns the job, or null when there is none */
export function readJob(db: SqliteDatabase, id: JobId): Job | null {
  const row = db.first('SELECT * FROM job WHERE id = ?', id);
  return row === null ? null : toJob(row);
}

/** Writes a job that is not there yet. */
export function insertJob(db: SqliteDatabase, job: Job): void {
  const { id, door, request, submittedAt, purgeAt } = job;
  db.run(INSERT, id, door, JSON.stringify(request), submittedAt, purgeAt, ...changing(job));
}

/** Writes everything that may change of a job that is there. */
export function updateJob(db: SqliteDatabase, job: Job): void {
  db.run(UPDATE, ...changing(job), job.id);
}

function changing(job: Job): (string | number | null)[] {
  return [
    job.state,
    job.stage,
    job.version,
    job.epoch,
    job.attempts,
    job.dueAt,
    job.startedAt,
    job.finishedAt,
    JSON.stringify(job.progress),
    job.delivered,
    JSON.stringify(job.shortfall),
    jsonOrNull(job.cause),
    jsonOrNull(job.archive),
    job.expiresAt,
    Number(job.extended),
    endsAt(job),
  ];
}

function toJob(row: SqliteRow): Job {
  return {
    id: textIn(row, 'id'),
    door: textIn(row, 'door') as Door,
    request: jsonIn(row, 'request'),
    state: textIn(row, 'state') as JobState,
    stage: optionalText(row, 'stage') as Stage | null,
    version: numberIn(row, 'version'),
    epoch: numberIn(row, 'epoch'),
    attempts: numberIn(row, 'attempts'),
    submittedAt: numberIn(row, 'submitted_at'),
    dueAt: numberIn(row, 'due_at'),
    startedAt: optionalNumber(row, 'started_at'),
    finishedAt: optionalNumber(row, 'finished_at'),
    progress: jsonIn(row, 'progress'),
    delivered: numberIn(row, 'delivered'),
    shortfall: jsonIn(row, 'shortfall'),
    cause: optionalJson(row, 'cause'),
    archive: optionalJson(row, 'archive'),
    expiresAt: optionalNumber(row, 'expires_at'),
    extended: numberIn(row, 'extended') === 1,
    purgeAt: numberIn(row, 'purge_at'),
  };
}
