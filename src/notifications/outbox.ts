import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../jobs/clock.port.js';
import type { Job, JobId } from '../jobs/job.js';
import { JobStore } from '../jobs/job-store.port.js';
import type { Notice, NoticeResult } from '../jobs/notice.js';
import { backoffMs } from '../jobs/timing/backoff.js';
import { Jitter, UNCONFIRMED_BACKOFF, UNREACHABLE_BACKOFF } from './notice-backoff.js';
import { dropReason } from './drop-reason.js';
import { SendClaim } from './send-claim.js';
import { NoticeChannels } from './notice-channels.js';
import type { Delivery, MaySend } from './notifier.port.js';
import { SendDeadline } from './send-deadline.js';

const MAX_AT_A_TIME = 4;
/** How long recording a result is tried for while the store is away: about a minute. */
const SETTLE_AGAIN_AFTER_MS = [500, 2000, 5000, 10_000, 20_000, 30_000];

/**
 * Sends the notices of jobs, each at most once: a notice is marked as leaving right before it leaves, and
 * whatever dies or stays unknown after that mark is never repeated.
 */
@Injectable()
export class Outbox {
  private readonly logger = new Logger(Outbox.name);
  /** What this process sends right now: a run and the pump may come upon the same notice. */
  private readonly inHand = new Map<string, Promise<void>>();

  constructor(
    private readonly store: JobStore,
    private readonly clock: Clock,
    private readonly jitter: Jitter,
    private readonly channels: NoticeChannels,
  ) {}

  /**
   * Sends every notice of the job that is due, and waits for those that are being sent already. Never rejects: a
   * notice never fails a job, and what could not be sent now is tried again by the pump.
   * @param signal begins nothing more when it aborts; what is leaving has a moment to get away
   */
  async deliver(jobId: JobId, signal: AbortSignal): Promise<void> {
    try {
      const job = await this.store.get(jobId);
      if (job === null) return;
      const waiting = (await this.store.notices(jobId)).filter((notice) => this.isDue(notice));
      const workers = Array.from({ length: MAX_AT_A_TIME }, () => this.sendOneByOne(waiting, job, signal));
      await Promise.all(workers);
    } catch (error) {
      this.logger.error({ jobId, err: error }, 'the outbox could not be read; the pump tries again');
    }
  }

  /** One that was never put off is due even where the clock has been set back since it was written. */
  private isDue({ status, attempts, notBefore }: Notice): boolean {
    return status === 'pending' && (attempts === 0 || notBefore <= this.clock.now());
  }

  /** Takes notices off the shared list until it is empty. */
  private async sendOneByOne(waiting: Notice[], job: Job, signal: AbortSignal): Promise<void> {
    for (let next = waiting.shift(); next !== undefined && !signal.aborted; next = waiting.shift()) {
      const key = keyOf(next);
      await (this.inHand.get(key) ?? this.exclusively(key, next, job, signal));
    }
  }

  /** Never rejects. */
  private exclusively(key: string, notice: Notice, job: Job, signal: AbortSignal): Promise<void> {
    const sending = this.sendOne(notice, job, signal)
      .catch((error: unknown) =>
        this.logger.error({ jobId: job.id, slot: notice.slot, err: error }, 'notice not handled'),
      )
      .finally(() => this.inHand.delete(key));
    this.inHand.set(key, sending);
    return sending;
  }

  private async sendOne(notice: Notice, job: Job, signal: AbortSignal): Promise<void> {
    const reason = dropReason(notice, job, this.clock.now());
    if (reason !== null) return this.drop(notice, reason);
    const notifier = this.channels.notifierOf(notice);
    const consent = (await notifier?.consentTo(notice)) ?? { kind: 'given' };
    if (consent.kind === 'refused') return this.drop(notice, consent.why);
    const leaving = new SendClaim(notice, this.store);
    const tried = { ...notice, attempts: notice.attempts + 1 };
    const isAwaited = consent.kind === 'awaited';
    const delivery = isAwaited ? unconfirmed(tried) : await this.send(tried, job, leaving, signal);
    if (delivery.status === 'kept_back') return;
    // Whoever has marked a notice records what became of it, also where it never came to leave.
    const claimed = await leaving.claim();
    if (claimed === null) return;
    const result = this.resultOf(delivery, claimed);
    if (result !== null) await this.settle(claimed, result);
    if (delivery.status === 'put_off') await notifier?.afterPutOff(claimed);
  }

  private async drop(notice: Notice, detail: string): Promise<void> {
    const claimed = await this.store.claimNotice(notice, notice.notBefore);
    if (claimed === null) return;
    const { jobId, slot, attempts } = claimed;
    this.logger.log({ jobId, slot, attempts, status: 'dropped', detail }, 'notice');
    await this.settle(claimed, { status: 'dropped', detail });
  }

  private async send(notice: Notice, job: Job, leaving: SendClaim, stop: AbortSignal): Promise<Delivery> {
    const notifier = this.channels.notifierOf(notice);
    if (notifier === null) return this.channels.withoutNotifier(notice);
    using deadline = new SendDeadline(stop);
    const { signal } = deadline;
    const mayLeave = async (): Promise<boolean> => (await leaving.claim()) !== null;
    try {
      const delivery = await notifier.send(notice, job, mayLeave, signal);
      if (delivery.status !== 'refused' || delivery.instead === undefined) return delivery;
      const { detail, instead } = delivery;
      const other = { ...notice, recipient: instead };
      return (await this.sendInstead(other, job, mayLeave, signal)) ?? { status: 'refused', detail };
    } catch (error) {
      this.logger.error({ jobId: job.id, slot: notice.slot, err: error }, 'notifier broke its promise');
      const detail = 'the notifier failed';
      return leaving.hasBegun
        ? { status: 'unknown', detail }
        : { status: 'put_off', detail, retryAfterMs: null };
    }
  }

  /** Tells somebody else, where they may be told at all. @returns null where they may not */
  private async sendInstead(
    notice: Notice,
    job: Job,
    mayLeave: MaySend,
    signal: AbortSignal,
  ): Promise<Delivery | null> {
    const notifier = this.channels.notifierOf(notice);
    if (notifier === null || (await notifier.consentTo(notice)).kind !== 'given') return null;
    return notifier.send(notice, job, mayLeave, signal);
  }

  /** @returns what to record; null leaves the notice marked as leaving, since it may have arrived */
  private resultOf(
    delivery: Exclude<Delivery, { status: 'kept_back' }>,
    { jobId, slot, attempts }: Notice,
  ): NoticeResult | null {
    this.logger.log({ jobId, slot, attempts, ...delivery }, 'notice');
    if (delivery.status === 'unknown') return null;
    if (delivery.status !== 'put_off') return delivery;
    const waitMs = delivery.retryAfterMs ?? backoffMs(attempts, UNREACHABLE_BACKOFF);
    // Whoever said when to come back is not asked a moment sooner; instants are whole milliseconds.
    const leastMs = delivery.retryAfterMs ?? 0;
    const spreadMs = delivery.isExact === true ? waitMs : this.jitter.spread(waitMs);
    const notBefore = Math.ceil(this.clock.now() + Math.max(leastMs, spreadMs));
    return { status: 'pending', notBefore, detail: delivery.detail };
  }

  /** A result that is not recorded would lose a notice that was only put off, so it is tried for a while. */
  private async settle(claimed: Notice, result: NoticeResult): Promise<void> {
    for (const waitMs of SETTLE_AGAIN_AFTER_MS) {
      try {
        return await this.store.settleNotice(claimed, result);
      } catch (error) {
        this.logger.warn({ jobId: claimed.jobId, slot: claimed.slot, err: error }, 'result not recorded yet');
        await sleep(waitMs, undefined, { ref: false });
      }
    }
    await this.store.settleNotice(claimed, result);
  }
}

function keyOf({ jobId, slot, recipient: { channel, address } }: Notice): string {
  return JSON.stringify([jobId, slot, channel, address]);
}

/** Looked at again and again, since other jobs than the one that asked may get the answer. */
function unconfirmed({ attempts }: Notice): Delivery {
  const retryAfterMs = backoffMs(attempts, UNCONFIRMED_BACKOFF);
  return { status: 'put_off', detail: 'the address is not confirmed', retryAfterMs };
}
