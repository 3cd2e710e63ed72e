import { randomUUID } from 'node:crypto';
import type { Clock, Instant } from '../../jobs/clock.port.js';
import type { JobState } from '../../jobs/job-states.js';
import type { Notice, NoticeKey, NoticeResult } from '../../jobs/notice.js';
import { settledNotice } from '../settled-notice.js';
import type { CassandraSession } from './cassandra-session.js';
import { requiredInstant, textIn } from './columns.js';
import type { Hints } from './hints.js';
import { noticeHints } from './job-hints.js';
import {
  AT_NOTICE,
  claimStatement,
  noticeKey,
  SELECT_NOTICES,
  settleStatement,
  stateIn,
  toNotice,
} from './notice-rows.js';
import { secondsUntil } from './time-to-live.js';
import { AGAIN, inTurns } from './turns.js';

const DEADLINE_MS = 15_000;
const SELECT_ONE = `${SELECT_NOTICES} ${AT_NOTICE}`;

/** A notice with what of its job decides about it. */
interface SeenNotice {
  readonly notice: Notice;
  readonly state: JobState;
  readonly ttlSeconds: number;
}

/** Claims and settles outbox rows by conditional writes. */
export class Outbox {
  constructor(
    private readonly session: CassandraSession,
    private readonly clock: Clock,
    private readonly hints: Hints,
  ) {}

  /** @returns the notice marked as `sending`, or null where it cannot be claimed */
  async claim(key: NoticeKey, at: Instant): Promise<Notice | null> {
    return inTurns(this.clock, DEADLINE_MS, async () => {
      const seen = await this.see(key);
      if (seen === null || seen.state === 'cancelled') return null;
      if (seen.notice.status !== 'pending' || seen.notice.notBefore > at) return null;
      if (!(await this.isClaimed(seen))) return AGAIN;
      return { ...seen.notice, status: 'sending' as const, attempts: seen.notice.attempts + 1 };
    });
  }

  /** Records what became of a claimed notice, if it is still the same claim. */
  async settle(claimed: Notice, result: NoticeResult): Promise<void> {
    await inTurns(this.clock, DEADLINE_MS, async () => {
      const seen = await this.see(claimed);
      const isSame = seen?.notice.status === 'sending' && seen.notice.attempts === claimed.attempts;
      if (seen === null || !isSame) return null;
      const settled = settledNotice(seen.notice, result, seen.state);
      if (settled.status === 'pending') {
        await this.hints.append(noticeHints([settled]), this.clock.now() + seen.ttlSeconds * 1000);
      }
      const statement = settleStatement(settled, seen.state, seen.ttlSeconds);
      return (await this.session.compareAndSet(statement)).outcome === 'applied' ? null : AGAIN;
    });
  }

  private async isClaimed({ notice, state, ttlSeconds }: SeenNotice): Promise<boolean> {
    const claim = randomUUID();
    const statement = claimStatement(notice, state, claim, ttlSeconds);
    const { outcome } = await this.session.compareAndSet(statement);
    if (outcome !== 'unknown') return outcome === 'applied';
    const row = await this.session.firstSerial(SELECT_ONE, ...noticeKey(notice));
    return row !== null && textIn(row, 'claim') === claim;
  }

  private async see(key: NoticeKey): Promise<SeenNotice | null> {
    const row = await this.session.first(SELECT_ONE, ...noticeKey(key));
    const notice = row === null ? null : toNotice(key.jobId, row);
    if (row === null || notice === null) return null;
    const state = stateIn(row);
    if (state === null) return null;
    const ttlSeconds = secondsUntil(this.clock, requiredInstant(row, 'purge_at'));
    return { notice, state, ttlSeconds };
  }
}
