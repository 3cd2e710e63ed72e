import type { Instant } from '../../jobs/clock.port.js';
import type { DueJob } from '../../jobs/job-store.port.js';
import { sqliteNumber, sqliteText } from './columns.js';
import type { SqliteDatabase } from './sqlite-database.js';

const ROWS_AT_ONCE = 256;

/** Selects open jobs by due instant, one page at a time by keyset. */
export const DUE = `SELECT due_at AS at, id FROM job
  WHERE state IN ('scheduled', 'running') AND (due_at, id) > (?, ?) AND due_at < ? ORDER BY due_at, id LIMIT ?`;

/** Selects jobs by their end, one page at a time by keyset. */
export const ENDS = `SELECT ends_at AS at, id FROM job
  WHERE (ends_at, id) > (?, ?) AND ends_at < ? ORDER BY ends_at, id LIMIT ?`;

/** Selects jobs by the instant of a pending notice, one page at a time by keyset. */
export const NOTICES = `SELECT DISTINCT not_before AS at, job_id AS id FROM notice
  WHERE status = 'pending' AND (not_before, job_id) > (?, ?) AND not_before < ? ORDER BY not_before, job_id LIMIT ?`;

/** Yields open jobs with `from` ≤ due instant < `to`. */
export function dueRows(db: SqliteDatabase, from: Instant, to: Instant): AsyncGenerator<DueJob> {
  return inSlices(db, DUE, from, to);
}

/** Yields jobs whose end is at or before `until`. */
export function endingRows(db: SqliteDatabase, until: Instant): AsyncGenerator<DueJob> {
  return inSlices(db, ENDS, Number.MIN_SAFE_INTEGER, until + 1);
}

/** Yields jobs with a pending notice due at or before `until`. */
export function noticeRows(db: SqliteDatabase, until: Instant): AsyncGenerator<DueJob> {
  return inSlices(db, NOTICES, Number.MIN_SAFE_INTEGER, until + 1);
}

/** Reads slice after slice, so that no statement stays open while the caller works. */
async function* inSlices(
  db: SqliteDatabase,
  sql: string,
  from: Instant,
  before: Instant,
): AsyncGenerator<DueJob> {
  // No job id is empty, so this is just before the first row at `from`.
  let last: DueJob = { jobId: '', at: from };
  for (;;) {
    const rows = db.all(sql, last.at, last.jobId, before, ROWS_AT_ONCE);
    for (const row of rows) {
      last = { jobId: sqliteText(row, 'id'), at: sqliteNumber(row, 'at') };
      yield last;
    }
    if (rows.length < ROWS_AT_ONCE) return;
  }
}
