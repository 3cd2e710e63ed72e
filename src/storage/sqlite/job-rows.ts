import type { Door, Job, JobId } from '../../jobs/job.js';
import type { JobState, Stage } from '../../jobs/job-states.js';
import { endsAt } from '../../jobs/job-steps.js';
import {
  sqliteJson,
  sqliteNumber,
  optionalSqliteJson,
  optionalSqliteNumber,
  optionalSqliteText,
  sqliteText,
} from './columns.js';
import { jsonOrNull } from '../json-or-null.js';
import type { SqliteDatabase, SqliteRow } from './sqlite-database.js';

const INSERT = `INSERT INTO job (id, door, request, submitted_at, purge_at, state, stage, version, epoch, attempts,
  due_at, started_at, finished_at, progress, delivered, shortfall, cause, archive, expires_at, extended, ends_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const UPDATE = `UPDATE job SET state = ?, stage = ?, version = ?, epoch = ?, attempts = ?, due_at = ?, started_at = ?,
  finished_at = ?, progress = ?, delivered = ?, shortfall = ?, cause = ?, archive = ?, expires_at = ?, extended = ?,
  ends_at = ? WHERE id = ?`;

/** @returns the job, or null if there is none */
export function readJob(db: SqliteDatabase, id: JobId): Job | null {
  const row = db.first('SELECT * FROM job WHERE id = ?', id);
  return row === null ? null : toJob(row);
}

/** Inserts a new job. */
export function insertJob(db: SqliteDatabase, job: Job): void {
  const { id, door, request, submittedAt, purgeAt } = job;
  db.run(INSERT, id, door, JSON.stringify(request), submittedAt, purgeAt, ...changing(job));
}

/** Writes all columns of a job that may change. */
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
    id: sqliteText(row, 'id'),
    door: sqliteText(row, 'door') as Door,
    request: sqliteJson(row, 'request'),
    state: sqliteText(row, 'state') as JobState,
    stage: optionalSqliteText(row, 'stage') as Stage | null,
    version: sqliteNumber(row, 'version'),
    epoch: sqliteNumber(row, 'epoch'),
    attempts: sqliteNumber(row, 'attempts'),
    submittedAt: sqliteNumber(row, 'submitted_at'),
    dueAt: sqliteNumber(row, 'due_at'),
    startedAt: optionalSqliteNumber(row, 'started_at'),
    finishedAt: optionalSqliteNumber(row, 'finished_at'),
    progress: sqliteJson(row, 'progress'),
    delivered: sqliteNumber(row, 'delivered'),
    shortfall: sqliteJson(row, 'shortfall'),
    cause: optionalSqliteJson(row, 'cause'),
    archive: optionalSqliteJson(row, 'archive'),
    expiresAt: optionalSqliteNumber(row, 'expires_at'),
    extended: sqliteNumber(row, 'extended') === 1,
    purgeAt: sqliteNumber(row, 'purge_at'),
  };
}
