import { randomUUID } from 'node:crypto';
import type { types } from 'cassandra-driver';
import type { Clock, Instant } from '../../../jobs/clock.port.js';
import type { JobState } from '../../../jobs/job-states.js';
import type { Notice, NoticeKey, NoticeResult } from '../../../jobs/notice.js';
import { settledNotice } from '../../settled-notice.js';
import type { CassandraSession } from '../cassandra-session.js';
import { requiredCassandraInstant, cassandraText } from '../columns.js';
import type { Hints } from '../hints/hints.js';
import { noticeHints } from '../hints/job-hints.js';
import {
  AT_NOTICE,
  claimStatement,
  noticeKey,
  SELECT_NOTICES,
  settleStatement,
  stateIn,
  toNotice,
} from './notice-rows.js';
import { secondsUntil } from '../time-to-live.js';
import { AGAIN, retryContended } from '../retry-contended.js';

const DEADLINE_MS = 15_000;
const SELECT_ONE = `${SELECT_NOTICES} ${AT_NOTICE}`;
/** How often, about once a second, to check for a late claim after the store answers again. */
const LOOKS = 60;
const NOT_CONFIRMED = 'the store did not confirm the claim';

/** A notice with the state of its job. */
interface SeenNotice {
  readonly notice: Notice;
  /** Id of the last claim. */
  readonly claim: string | null;
  readonly state: JobState;
  readonly ttlSeconds: number;
}

/** Claims of one call that may or may not have been applied. */
interface LostClaims {
  readonly key: NoticeKey;
  readonly claims: readonly string[];
  /** Remaining checks of a pending notice before no late claim is expected any more. */
  looksLeft: number;
}

/** Claims and settles outbox rows with conditional writes. */
export class StoredNotices {
  private lost: LostClaims[] = [];

  constructor(
    private readonly session: CassandraSession,
    private readonly clock: Clock,
    private readonly hints: Hints,
  ) {}

  /** @returns the notice marked as `sending`, or null if it cannot be claimed */
  async claim(key: NoticeKey, at: Instant): Promise<Notice | null> {
    const claims: string[] = [];
    try {
      return await retryContended(this.clock, DEADLINE_MS, () => this.tryClaim(key, at, claims));
    } catch (error) {
      if (claims.length > 0) this.lost.push({ key, claims, looksLeft: LOOKS });
      throw error;
    }
  }

  /** Records the result of a claimed notice, if it is still the same claim. */
  async settle(claimed: Notice, result: NoticeResult): Promise<void> {
    await retryContended(this.clock, DEADLINE_MS, async () => {
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

  /**
   * Resets notices to pending whose claim was applied without this process learning of it in time: nobody
   * sends them, and nobody else may.
   */
  async giveBackLost(): Promise<void> {
    for (const lost of this.lost) {
      if (await this.isOver(lost)) this.lost = this.lost.filter((other) => other !== lost);
    }
  }

  /** @param unsure collects the claims that may or may not have been applied */
  private async tryClaim(
    key: NoticeKey,
    at: Instant,
    unsure: string[],
  ): Promise<Notice | null | typeof AGAIN> {
    const seen = await this.see(key);
    if (seen === null || seen.state === 'cancelled') return null;
    // A claim that was believed lost may have been applied late.
    if (isClaimedBy(seen, unsure)) return seen.notice;
    if (seen.notice.status !== 'pending' || seen.notice.notBefore > at) return null;
    if (!(await this.isClaimed(seen, unsure))) return AGAIN;
    return { ...seen.notice, status: 'sending' as const, attempts: seen.notice.attempts + 1 };
  }

  private async isClaimed({ notice, state, ttlSeconds }: SeenNotice, unsure: string[]): Promise<boolean> {
    const claim = randomUUID();
    const statement = claimStatement(notice, state, claim, ttlSeconds);
    const { outcome } = await this.session.compareAndSet(statement);
    if (outcome !== 'unknown') return outcome === 'applied';
    unsure.push(claim);
    const row = await this.session.firstSerial(SELECT_ONE, ...noticeKey(notice));
    return row !== null && cassandraText(row, 'claim') === claim;
  }

  /** @returns whether the lost claims need no more attention */
  private async isOver(lost: LostClaims): Promise<boolean> {
    const row = await this.session.firstSerial(SELECT_ONE, ...noticeKey(lost.key));
    const seen = toSeen(this.clock, lost.key, row);
    if (seen !== null && isClaimedBy(seen, lost.claims)) {
      const { notice } = seen;
      await this.settle(notice, { status: 'pending', notBefore: notice.notBefore, detail: NOT_CONFIRMED });
      return true;
    }
    lost.looksLeft -= 1;
    return seen?.notice.status !== 'pending' || lost.looksLeft === 0;
  }

  private async see(key: NoticeKey): Promise<SeenNotice | null> {
    return toSeen(this.clock, key, await this.session.first(SELECT_ONE, ...noticeKey(key)));
  }
}

function isClaimedBy({ notice, claim }: SeenNotice, claims: readonly string[]): boolean {
  return notice.status === 'sending' && claim !== null && claims.includes(claim);
}

function toSeen(clock: Clock, key: NoticeKey, row: types.Row | null): SeenNotice | null {
  const notice = row === null ? null : toNotice(key.jobId, row);
  const state = row === null ? null : stateIn(row);
  if (row === null || notice === null || state === null) return null;
  const ttlSeconds = secondsUntil(clock, requiredCassandraInstant(row, 'purge_at'));
  return { notice, claim: cassandraText(row, 'claim'), state, ttlSeconds };
}
