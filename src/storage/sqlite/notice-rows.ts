import type { Instant } from '../../jobs/clock.port.js';
import type { Channel } from '../../jobs/channels.js';
import type { JobId } from '../../jobs/job.js';
import type { JobState } from '../../jobs/job-states.js';
import type { Notice, NoticeKey, NoticeResult, NoticeStatus, Slot } from '../../jobs/notice.js';
import { DROPPED_BY_CANCEL, settledNotice } from '../settled-notice.js';
import { sqliteNumber, optionalSqliteText, sqliteText } from './columns.js';
import type { SqliteDatabase, SqliteRow } from './sqlite-database.js';

const AT_KEY = 'job_id = ? AND slot = ? AND channel = ? AND address = ?';

/** Inserts outbox rows, within a transaction of the caller. */
export function insertNotices(db: SqliteDatabase, notices: readonly Notice[]): void {
  for (const notice of notices) {
    const { epoch, status, attempts, notBefore, detail } = notice;
    db.run(
      `INSERT OR IGNORE INTO notice (job_id, slot, channel, address, epoch, status, attempts, not_before, detail)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...keyOf(notice),
      epoch,
      status,
      attempts,
      notBefore,
      detail,
    );
  }
}

/** Drops pending notices, within a transaction of the caller. */
export function dropPending(db: SqliteDatabase, id: JobId): void {
  const sql = "UPDATE notice SET status = 'dropped', detail = ? WHERE job_id = ? AND status = 'pending'";
  db.run(sql, DROPPED_BY_CANCEL, id);
}

/** @returns the outbox rows of a job, sorted by slot, channel and address */
export function selectNotices(db: SqliteDatabase, id: JobId): Notice[] {
  return db.all('SELECT * FROM notice WHERE job_id = ? ORDER BY slot, channel, address', id).map(toNotice);
}

/** Marks a pending, due notice as `sending`. @returns it, or null if it cannot be claimed */
export function claim(db: SqliteDatabase, key: NoticeKey, at: Instant): Notice | null {
  const row = db.first(
    `UPDATE notice SET status = 'sending', attempts = attempts + 1
     WHERE ${AT_KEY} AND status = 'pending' AND not_before <= ?
     AND EXISTS (SELECT 1 FROM job WHERE id = notice.job_id AND state <> 'cancelled') RETURNING *`,
    ...keyOf(key),
    at,
  );
  return row === null ? null : toNotice(row);
}

/** Records the result of a claimed notice, if it is still the same claim. */
export function settle(db: SqliteDatabase, claimed: Notice, result: NoticeResult): void {
  db.transaction(() => {
    const job = db.first('SELECT state FROM job WHERE id = ?', claimed.jobId);
    if (job === null) return;
    const settled = settledNotice(claimed, result, sqliteText(job, 'state') as JobState);
    db.run(
      `UPDATE notice SET status = ?, not_before = ?, detail = ?
       WHERE ${AT_KEY} AND status = 'sending' AND attempts = ?`,
      settled.status,
      settled.notBefore,
      settled.detail,
      ...keyOf(claimed),
      claimed.attempts,
    );
  });
}

function keyOf({ jobId, slot, recipient }: NoticeKey): [string, string, string, string] {
  return [jobId, slot, recipient.channel, recipient.address];
}

function toNotice(row: SqliteRow): Notice {
  return {
    jobId: sqliteText(row, 'job_id'),
    slot: sqliteText(row, 'slot') as Slot,
    recipient: { channel: sqliteText(row, 'channel') as Channel, address: sqliteText(row, 'address') },
    epoch: sqliteNumber(row, 'epoch'),
    status: sqliteText(row, 'status') as NoticeStatus,
    attempts: sqliteNumber(row, 'attempts'),
    notBefore: sqliteNumber(row, 'not_before'),
    detail: optionalSqliteText(row, 'detail'),
  };
}
