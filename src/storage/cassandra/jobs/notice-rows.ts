import type { types } from 'cassandra-driver';
import type { Channel } from '../../../jobs/channels.js';
import type { JobId } from '../../../jobs/job.js';
import type { JobState } from '../../../jobs/job-states.js';
import type { Notice, NoticeKey, NoticeStatus, Slot } from '../../../jobs/notice.js';
import { DROPPED_BY_CANCEL } from '../../settled-notice.js';
import type { Statement } from '../cassandra-session.js';
import {
  cassandraNumber,
  requiredCassandraInstant,
  requiredCassandraText,
  cassandraText,
} from '../columns.js';
import { DELETED_MARK } from './job-row.js';

/** Reads the outbox rows of a job with the columns of the job that decide about them; `WHERE` follows. */
export const SELECT_NOTICES = `SELECT state, purge_at, slot, channel, address, notice_epoch, notice_status,
  notice_attempts, not_before, detail, claim FROM ks.job WHERE job_id = ?`;

/** Selects the row of one notice; follows `WHERE job_id = ?`. */
export const AT_NOTICE = 'AND slot = ? AND channel = ? AND address = ?';

const INSERT = `INSERT INTO ks.job (job_id, slot, channel, address, notice_epoch, notice_status, notice_attempts,
  not_before) VALUES (?, ?, ?, ?, ?, ?, ?, ?) USING TTL ?`;
const DROP = `UPDATE ks.job USING TTL ? SET notice_status = 'dropped', detail = ?
  WHERE job_id = ? ${AT_NOTICE} IF notice_status = 'pending'`;
/** Changes nothing, but fails if the sender gave the notice back meanwhile. */
const STAYS_SENDING = `UPDATE ks.job USING TTL ? SET notice_attempts = ?
  WHERE job_id = ? ${AT_NOTICE} IF notice_status = 'sending' AND notice_attempts = ?`;
const CLAIM = `UPDATE ks.job USING TTL ? SET notice_status = 'sending', notice_attempts = ?, claim = ?
  WHERE job_id = ? ${AT_NOTICE} IF notice_status = 'pending' AND notice_attempts = ? AND state = ?`;
const SETTLE = `UPDATE ks.job USING TTL ? SET notice_status = ?, not_before = ?, detail = ?
  WHERE job_id = ? ${AT_NOTICE} IF notice_status = 'sending' AND notice_attempts = ? AND state = ?`;

/** The values that identify a notice. */
export function noticeKey({ jobId, slot, recipient }: NoticeKey): [string, string, string, string] {
  return [jobId, slot, recipient.channel, recipient.address];
}

/** Inserts an outbox row, together with the conditional write that causes it. */
export function insertNotice(notice: Notice, ttlSeconds: number): Statement {
  const { epoch, status, attempts, notBefore } = notice;
  const params = [...noticeKey(notice), epoch, status, attempts, new Date(notBefore), ttlSeconds];
  return { query: INSERT, params };
}

/** Drops a pending notice, together with a cancel; the cancel fails if the notice changes meanwhile. */
export function dropNotice(notice: Notice, ttlSeconds: number): Statement[] {
  if (notice.status === 'pending') {
    return [{ query: DROP, params: [ttlSeconds, DROPPED_BY_CANCEL, ...noticeKey(notice)] }];
  }
  if (notice.status !== 'sending') return [];
  const { attempts } = notice;
  return [{ query: STAYS_SENDING, params: [ttlSeconds, attempts, ...noticeKey(notice), attempts] }];
}

/** Marks a notice as `sending` if it and its job are still as seen. */
export function claimStatement(seen: Notice, state: JobState, claim: string, ttlSeconds: number): Statement {
  const { attempts } = seen;
  return { query: CLAIM, params: [ttlSeconds, attempts + 1, claim, ...noticeKey(seen), attempts, state] };
}

/** Writes the result of a claimed notice if it and its job are still as seen. */
export function settleStatement(settled: Notice, state: JobState, ttlSeconds: number): Statement {
  const { status, notBefore, detail, attempts } = settled;
  const params = [ttlSeconds, status, new Date(notBefore), detail, ...noticeKey(settled), attempts, state];
  return { query: SETTLE, params };
}

/** @returns the notice of a row, or null if the row has only columns of the job */
export function toNotice(jobId: JobId, row: types.Row): Notice | null {
  const status = cassandraText(row, 'notice_status');
  if (status === null) return null;
  return {
    jobId,
    slot: requiredCassandraText(row, 'slot') as Slot,
    recipient: {
      channel: requiredCassandraText(row, 'channel') as Channel,
      address: requiredCassandraText(row, 'address'),
    },
    epoch: cassandraNumber(row, 'notice_epoch'),
    status: status as NoticeStatus,
    attempts: cassandraNumber(row, 'notice_attempts'),
    notBefore: requiredCassandraInstant(row, 'not_before'),
    detail: cassandraText(row, 'detail'),
  };
}

/** @returns the state of the row's job, or null if the job is gone or being deleted */
export function stateIn(row: types.Row): JobState | null {
  const state = cassandraText(row, 'state');
  return state === null || state === DELETED_MARK ? null : (state as JobState);
}
