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
import type { Delivery, MaySend, Notifier } from './notifier.port.js';
import { SendDeadline } from './send-deadline.js';

const MAX_AT_A_TIME = 4;
/** Waits between the tries to record a result while the store is away: about a minute. */
const SETTLE_AGAIN_AFTER_MS = [500, 2000, 5000, 10_000, 20_000, 30_000];

/**
 * Sends the notices of jobs, each at most once: a notice is claimed right before it leaves, and is never
 * repeated after that, even if the process dies or the result is unknown.
 */
@Injectable()
export class Outbox {
  private readonly logger = new Logger(Outbox.name);
  /** Notices that this process is sending: a run and the pump may find the same notice. */
  private readonly inHand = new Map<string, Promise<void>>();

  constructor(
    private readonly store: JobStore,
    private readonly clock: Clock,
    private readonly jitter: Jitter,
    private readonly channels: NoticeChannels,
  ) {}

  /**
   * Sends every due notice of the job, and waits for notices that are being sent already. Never rejects: a
   * notice never fails a job, and the pump tries again later.
   * @param signal stops further sends when it aborts; a running send gets a grace period
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

  /** A notice that was never put off is due even if the clock was set back since. */
  private isDue({ status, attempts, notBefore }: Notice): boolean {
    return status === 'pending' && (attempts === 0 || notBefore <= this.clock.now());
  }

  /** Sends notices of the shared list until it is empty. */
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
    const claim = new SendClaim(notice, this.store);
    const tried = { ...notice, attempts: notice.attempts + 1 };
    const isAwaited = consent.kind === 'awaited';
    const delivery = isAwaited ? unconfirmed(tried) : await this.send(tried, notifier, job, claim, signal);
    if (delivery.status === 'kept_back') return;
    // The claimer settles the notice, even if nothing was sent.
    const claimed = await claim.claim();
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

  private async send(
    notice: Notice,
    notifier: Notifier | null,
    job: Job,
    claim: SendClaim,
    stop: AbortSignal,
  ): Promise<Delivery> {
    if (notifier === null) return this.channels.withoutNotifier(notice);
    using deadline = new SendDeadline(stop);
    const { signal } = deadline;
    const maySend = async (): Promise<boolean> => (await claim.claim()) !== null;
    try {
      const delivery = await notifier.send(notice, job, maySend, signal);
      if (delivery.status !== 'refused' || delivery.instead === undefined) return delivery;
      const { detail, instead } = delivery;
      const other = { ...notice, recipient: instead };
      return (await this.sendInstead(other, job, maySend, signal)) ?? { status: 'refused', detail };
    } catch (error) {
      this.logger.error({ jobId: job.id, slot: notice.slot, err: error }, 'notifier broke its promise');
      const detail = 'the notifier failed';
      return claim.hasBegun
        ? { status: 'unknown', detail }
        : { status: 'put_off', detail, retryAfterMs: null };
    }
  }

  /** Tells the other recipient. @returns null if that channel has no notifier or consent is missing */
  private async sendInstead(
    notice: Notice,
    job: Job,
    maySend: MaySend,
    signal: AbortSignal,
  ): Promise<Delivery | null> {
    const notifier = this.channels.notifierOf(notice);
    if (notifier === null || (await notifier.consentTo(notice)).kind !== 'given') return null;
    return notifier.send(notice, job, maySend, signal);
  }

  /** @returns the result to record; null: the notice stays claimed, since it may have arrived */
  private resultOf(
    delivery: Exclude<Delivery, { status: 'kept_back' }>,
    { jobId, slot, attempts }: Notice,
  ): NoticeResult | null {
    this.logger.log({ jobId, slot, attempts, ...delivery }, 'notice');
    if (delivery.status === 'unknown') return null;
    if (delivery.status !== 'put_off') return delivery;
    const waitMs = delivery.retryAfterMs ?? backoffMs(attempts, UNREACHABLE_BACKOFF);
    // Never try before the time that the server named; instants are whole milliseconds.
    const leastMs = delivery.retryAfterMs ?? 0;
    const spreadMs = delivery.isExact === true ? waitMs : this.jitter.spread(waitMs);
    const notBefore = Math.ceil(this.clock.now() + Math.max(leastMs, spreadMs));
    return { status: 'pending', notBefore, detail: delivery.detail };
  }

  /** Tries for a while, since an unrecorded result would lose a notice that was only put off. */
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

/** Tried again at growing intervals, since the link of any job may confirm the address. */
function unconfirmed({ attempts }: Notice): Delivery {
  const retryAfterMs = backoffMs(attempts, UNCONFIRMED_BACKOFF);
  return { status: 'put_off', detail: 'the address is not confirmed', retryAfterMs };
}
