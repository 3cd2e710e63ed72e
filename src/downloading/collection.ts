import type { Settings } from '../config/settings.js';
import type { Clock } from '../jobs/clock.port.js';
import type { ImageRecord } from '../jobs/image-record.js';
import type { JobId } from '../jobs/job.js';
import { CandidateSource } from './candidate-source.js';
import type { CollectObserver } from './collect-observer.js';
import type { DownloadLimits } from './download-limits.js';
import { HostLanes } from './host-lanes.js';
import type { CheckedImage } from './image-checker.js';
import type { ImageIntake } from './image-intake.js';
import { JobBudget } from './job-budget.js';
import { KeptImages } from './kept-images.js';
import { Rejection } from './rejection.js';
import { backoffWaitMs } from './retry-wait.js';
import { type Ticket, ticketFor } from './ticket.js';
import { untilAborted } from './until-aborted.js';

/** Candidates held back for their hosts' limits; more would mean searching on for nothing. */
const MAX_LOOK_AHEAD = 200;

/** What a collection works with. */
export interface CollectionParts {
  readonly intake: ImageIntake;
  readonly clock: Clock;
  readonly limits: DownloadLimits;
  readonly settings: Pick<Settings, 'downloadConcurrency' | 'downloadsPerHost' | 'maxJobBytes'>;
  /** From 0 up to 1, spreads the retries. */
  readonly random: () => number;
}

/** One run of the collector: decides what is downloaded when, and when there is enough. */
export class Collection {
  private readonly kept: KeptImages;
  private readonly budget: JobBudget;
  private readonly lanes: HostLanes<Ticket>;
  private readonly stop = new AbortController();
  private readonly over = Promise.withResolvers<void>();
  private readonly startedAtMs = new Map<Ticket, number>();
  private readonly checking = new Set<Ticket>();
  private readonly seen = new Set<string>();
  private failure: { readonly error: unknown } | null = null;
  private wakeTimer: NodeJS.Timeout | undefined;

  /**
   * @param source pulled only as far as candidates are needed
   * @param signal ends the run with its reason
   */
  constructor(
    private readonly parts: CollectionParts,
    private readonly order: { readonly jobId: JobId; readonly count: number },
    private readonly source: CandidateSource,
    private readonly observer: CollectObserver,
    private readonly signal: AbortSignal,
  ) {
    this.kept = new KeptImages(order.count);
    this.budget = new JobBudget(parts.settings.maxJobBytes);
    this.lanes = new HostLanes(parts.settings.downloadsPerHost);
  }

  /** Counts an image of an earlier run whose file is there. */
  adopt(record: ImageRecord): void {
    this.seen.add(record.urlHash);
    if (record.outcome.status !== 'kept' || !this.kept.takePlace()) return;
    this.kept.claim(record.outcome.file.sha256);
    this.kept.add(record);
    this.budget.spend(record.outcome.file.bytes);
  }

  /** Takes note of a candidate that is not tried again. */
  ignore(record: ImageRecord): void {
    this.seen.add(record.urlHash);
  }

  /** Takes a candidate in. One that was seen before is not tried again. */
  admit(record: ImageRecord): void {
    if (this.seen.has(record.urlHash)) return;
    this.seen.add(record.urlHash);
    const ticket = ticketFor(record);
    if (ticket === null) this.reject(record, new Rejection('no_image_url'));
    else this.lanes.add(ticket, ticket.host);
  }

  /** @returns the kept images in order, when there are enough or no more candidates */
  async run(): Promise<ImageRecord[]> {
    const cancel = (): void => this.fail(this.signal.reason);
    this.signal.addEventListener('abort', cancel, { once: true });
    try {
      this.goOn();
      await this.over.promise;
      if (this.failure !== null) throw this.failure.error;
      return this.kept.inOrder();
    } finally {
      this.signal.removeEventListener('abort', cancel);
      clearTimeout(this.wakeTimer);
      await this.source.close();
    }
  }

  /** Looks what is to be done next; called whenever anything has changed. */
  private goOn(): void {
    if (this.kept.missing <= 0) this.stop.abort();
    if (this.isOver()) return this.over.resolve();
    if (this.stop.signal.aborted) return;
    const nowMs = this.parts.clock.monotonicMs();
    while (this.hasRoom(nowMs)) {
      const ticket = this.lanes.take(nowMs);
      if (ticket === null) break;
      this.start(ticket, nowMs);
    }
    if (this.hasRoom(nowMs) && this.lanes.size < this.lookAhead()) this.pull();
    this.wakeWhenTimeMatters(nowMs);
  }

  private isOver(): boolean {
    if (this.startedAtMs.size + this.checking.size > 0) return false;
    return this.stop.signal.aborted || (this.source.isDone && this.lanes.size === 0);
  }

  /** Whether one more download is wanted: no more than may still be needed, and some to make up for bad ones. */
  private hasRoom(nowMs: number): boolean {
    if (this.startedAtMs.size >= this.parts.settings.downloadConcurrency) return false;
    return this.countedOn(nowMs) < this.wanted();
  }

  private wanted(): number {
    return this.kept.missing + Math.ceil(this.kept.missing / 4);
  }

  /** How many of those under way are likely to end well and soon: not the slow ones. */
  private countedOn(nowMs: number): number {
    const prompt = [...this.startedAtMs.values()].filter((at) => nowMs - at < this.parts.limits.doubtAfterMs);
    return prompt.length + this.checking.size;
  }

  private lookAhead(): number {
    return Math.min(MAX_LOOK_AHEAD, 4 * this.wanted());
  }

  private pull(): void {
    void this.source.pull({
      onCandidate: (record) => {
        this.admit(record);
        this.goOn();
      },
      onEnd: () => this.goOn(),
      onError: (error) => this.fail(error),
    });
  }

  private start(ticket: Ticket, nowMs: number): void {
    this.startedAtMs.set(ticket, nowMs);
    void this.handle(ticket)
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.leaveDownload(ticket);
        this.checking.delete(ticket);
        this.goOn();
      });
  }

  private async handle(ticket: Ticket): Promise<void> {
    try {
      const image = await this.parts.intake.bring({
        jobId: this.order.jobId,
        url: ticket.url,
        claimed: ticket.record.candidate.claimed,
        kept: this.kept,
        budget: this.budget,
        signal: this.stop.signal,
        onDownloaded: () => {
          this.leaveDownload(ticket);
          this.checking.add(ticket);
          this.goOn();
        },
      });
      if (image !== null) await this.keep(ticket.record, image);
    } catch (error) {
      // Cut off, because there is enough or the run is over: it stays `found`.
      if (this.stop.signal.aborted && !(error instanceof Rejection)) return;
      if (!(error instanceof Rejection)) throw error;
      this.retryOrReject(ticket, error);
    }
  }

  private leaveDownload(ticket: Ticket): void {
    if (this.startedAtMs.delete(ticket)) this.lanes.release(ticket.host);
  }

  private async keep(record: ImageRecord, { file, thumbnail }: CheckedImage): Promise<void> {
    const kept: ImageRecord = { ...record, outcome: { status: 'kept', file } };
    await untilAborted(this.observer.onKept(kept, thumbnail), this.signal);
    this.kept.add(kept);
    this.observer.onOutcome(kept);
  }

  private retryOrReject(ticket: Ticket, rejection: Rejection): void {
    const { maxRetries, maxRetryAfterMs, backoffMs } = this.parts.limits;
    const askedMs = rejection.retryAfterMs;
    if (rejection.reason === 'job_budget_spent') this.searchNoMore();
    if (askedMs === null || askedMs > maxRetryAfterMs || ticket.retries >= maxRetries)
      return this.reject(ticket.record, rejection);
    const waitMs = backoffWaitMs(ticket.retries, backoffMs, askedMs, this.parts.random());
    const atMs = this.parts.clock.monotonicMs() + waitMs;
    if (rejection.reason === 'rate_limited') this.lanes.pause(ticket.host, atMs);
    this.lanes.add({ ...ticket, retries: ticket.retries + 1 }, ticket.host, atMs);
  }

  private reject(record: ImageRecord, { reason, detail }: Rejection): void {
    this.observer.onOutcome({ ...record, outcome: { status: 'rejected', reason, detail } });
  }

  /** Nothing more fits: what was begun is ended, what only waits stays `found`. */
  private searchNoMore(): void {
    this.lanes.drop((ticket) => ticket.retries === 0);
    void this.source.close();
  }

  private fail(error: unknown): void {
    this.failure ??= { error };
    this.stop.abort(error);
    this.goOn();
  }

  /** Some things change by time alone: a pause ends, a retry is due, a download becomes doubtful. */
  private wakeWhenTimeMatters(nowMs: number): void {
    const doubtAtMs = [...this.startedAtMs.values()].map((at) => at + this.parts.limits.doubtAfterMs);
    const timesMs = [...doubtAtMs, this.lanes.nextAtMs() ?? Infinity].filter((at) => at > nowMs);
    clearTimeout(this.wakeTimer);
    if (timesMs.length === 0 || Math.min(...timesMs) === Infinity) return;
    this.wakeTimer = setTimeout(() => this.goOn(), Math.min(...timesMs) - nowMs + 1);
  }
}
