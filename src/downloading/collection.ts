import type { ImageRecord } from '../jobs/image-record.js';
import { Attempts, type AttemptWatch, type AttemptResult } from './attempts/attempts.js';
import type { CandidateSource } from './candidate-source.js';
import type { CollectObserver } from './collect-observer.js';
import type { CollectionParts } from './collection-parts.js';
import { showsImagesToCrawlersOnly } from './fetching/crawlers-only.js';
import { DownloadsUnderWay } from './attempts/downloads-under-way.js';
import { HostQueue } from './attempts/host-queue.js';
import type { IntakeJob } from './judging/image-intake.js';
import { OpenQueries } from './open-queries.js';
import { Outcomes } from './outcomes.js';
import { QueryWork } from './query-work.js';
import { Rejection } from '../jobs/rejection.js';
import { imageTask, pageTask, type DownloadTask } from './attempts/download-task.js';

/** A host that refuses this often without a good response in between gets no more requests. */
const REFUSALS_IN_A_ROW = 10;

const REFUSING_HOST = new Rejection('rate_limited', 'host refuses everything');

/** One run of the collector: decides what is downloaded when, and when there is enough. */
export class Collection {
  private readonly queue: HostQueue<DownloadTask>;
  private readonly downloads: DownloadsUnderWay;
  private readonly attempts: Attempts;
  private readonly outcomes: Outcomes;
  private readonly over = Promise.withResolvers<void>();
  private readonly seen = new Set<string>();
  private readonly triedUrls = new Set<string>();
  private readonly closedHosts = new Set<string>();
  private readonly queries: OpenQueries;
  private failure: { readonly error: unknown } | null = null;
  private wakeTimer: NodeJS.Timeout | undefined;

  /**
   * @param sources the search of each query, in order; pulled one at a time, and only as far as candidates are needed
   * @param signal ends the run with its reason
   */
  constructor(
    private readonly parts: CollectionParts,
    private readonly job: IntakeJob,
    sources: readonly CandidateSource[],
    observer: CollectObserver,
    private readonly signal: AbortSignal,
  ) {
    const { intake, pages, limits, random, settings } = parts;
    this.queue = new HostQueue(settings.downloadsPerHost);
    this.downloads = new DownloadsUnderWay(limits, this.queue, settings.downloadConcurrency);
    const shared = { kept: job.kept, queue: this.queue, downloads: this.downloads };
    this.queries = new OpenQueries(sources.map((source, index) => new QueryWork(index, source, shared)));
    this.attempts = new Attempts({ intake, pages, plan: { limits, random }, observer }, job, this.triedUrls);
    this.outcomes = new Outcomes(job, observer, parts.removeImage, signal);
  }

  /** Takes over the result of an earlier run: it is not tried again, and a kept image counts. */
  async adopt(record: ImageRecord): Promise<void> {
    this.seen.add(record.urlHash);
    await this.outcomes.adopt(record);
  }

  /** Adds a candidate, unless it was added before. */
  admit(record: ImageRecord): void {
    if (this.seen.has(record.urlHash)) return;
    this.seen.add(record.urlHash);
    const { imageUrl } = record.candidate;
    const unknown = new Rejection('no_image_url');
    if (imageUrl !== null && !this.queries.of(record).isFirstAt(imageUrl))
      return this.outcomes.reject(record, new Rejection('exact_duplicate', 'same address'));
    if (imageUrl !== null) this.triedUrls.add(imageUrl);
    const task = imageTask(record) ?? pageTask(record, unknown);
    if (task === null) this.outcomes.reject(record, unknown);
    else this.enqueue(task);
  }

  /** @returns the kept images in order, once there are enough of each query or no more candidates */
  async run(): Promise<ImageRecord[]> {
    const cancel = (): void => this.fail(this.signal.reason);
    this.signal.addEventListener('abort', cancel, { once: true });
    try {
      this.goOn();
      await this.over.promise;
      if (this.failure !== null) throw this.failure.error;
      return this.job.kept.inOrder();
    } finally {
      this.signal.removeEventListener('abort', cancel);
      clearTimeout(this.wakeTimer);
      await this.queries.close();
    }
  }

  /** Starts whatever can start; called after every change. */
  private goOn(): void {
    if (this.failure !== null) {
      if (this.queries.areIdle) this.over.resolve();
      return;
    }
    this.queries.follow();
    if (this.isOver()) return this.over.resolve();
    const nowMs = this.parts.clock.monotonicMs();
    this.downloads.doubtSlowOnes(nowMs);
    this.startTasks(nowMs);
    this.pullOne();
    this.wakeWhenTimeMatters(nowMs);
  }

  /** Closes finished queries. @returns whether none is left */
  private isOver(): boolean {
    for (let first = this.queries.first(); first !== null; first = this.queries.first()) {
      if (!first.isOver || this.fillUp(first)) return false;
      this.queries.closeFirst();
    }
    return true;
  }

  /** Queues previews if they are allowed and nothing else is left. @returns whether there are any */
  private fillUp(query: QueryWork): boolean {
    if (query.hasEnough) return false;
    // Previews of closed hosts are refused at once; then take the next ones.
    while (query.queued === 0) {
      const tasks = this.outcomes.previews.next(query.missing, query.index);
      if (tasks.length === 0) return false;
      for (const task of tasks) this.enqueue(task);
    }
    return true;
  }

  private startTasks(nowMs: number): void {
    for (;;) {
      const startable = this.downloads.hasPlace ? this.queries.withRoom : [];
      if (startable.length === 0) return;
      const task = this.queue.next(nowMs, (one) => startable.some((query) => query.owns(one)));
      if (task === null) return;
      this.start(task, nowMs);
    }
  }

  private pullOne(): void {
    const query = this.queries.toSearch(this.downloads.hasPlace);
    if (query === null) return;
    const pulling = query.source.pull({
      onCandidate: (record) => {
        this.admit(record);
        this.goOn();
      },
      onEnd: () => this.goOn(),
      onError: (error) => this.fail(error),
      areWanted: () => this.failure === null && !query.hasEnough,
    });
    void pulling.catch((error: unknown) => this.fail(error));
  }

  /** @param atMs null: at once */
  private enqueue(task: DownloadTask, atMs: number | null = 0): void {
    const { host, record } = task;
    if (showsImagesToCrawlersOnly(host)) this.outcomes.reject(record, new Rejection('crawlers_only'));
    else if (this.closedHosts.has(host)) this.outcomes.reject(record, REFUSING_HOST);
    else if (atMs === null) this.queue.addFirst(task, host);
    else this.queue.add(task, host, atMs);
  }

  private start(task: DownloadTask, nowMs: number): void {
    const query = this.queries.of(task.record);
    query.start(task);
    this.downloads.start(task, nowMs);
    void this.handle(task, query.signal)
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.downloads.end(task);
        query.end(task);
        this.goOn();
      });
  }

  private async handle(task: DownloadTask, signal: AbortSignal): Promise<void> {
    let step: AttemptResult;
    try {
      step = await this.attempts.make(task, this.watchOf(task, signal));
    } catch (error) {
      // Cut off because there is enough or the run has ended: the candidate stays `found`.
      if (signal.aborted) return this.queue.addFirst(task, task.host);
      throw error;
    }
    await this.apply(step, task);
  }

  private watchOf(task: DownloadTask, signal: AbortSignal): AttemptWatch {
    return {
      signal,
      onBytes: (bytes) => this.downloads.note(task, bytes),
      onDownloaded: () => {
        this.queue.succeed(task.host);
        this.downloads.succeed(task, this.parts.clock.monotonicMs());
        this.goOn();
      },
      onLost: (place) => this.outcomes.lose(place),
    };
  }

  private async apply(step: AttemptResult, task: DownloadTask): Promise<void> {
    if (step.kind === 'kept') return this.outcomes.keep(step.place, step.thumbnail);
    if (step.kind === 'again') return this.again(step, task.host);
    // An earlier query may still take an image over: then this one is wanted after all.
    if (step.kind === 'left') return this.queue.addFirst(task, task.host);
    if (step.rejection.reason === 'job_budget_spent') this.searchNoMore();
    if (step.rejection.reason === 'rate_limited') this.refused(task.host);
    this.outcomes.reject(step.record, step.rejection);
  }

  private again({ task, waitMs, pausesHost }: Extract<AttemptResult, { kind: 'again' }>, host: string): void {
    const atMs = this.parts.clock.monotonicMs() + waitMs;
    if (pausesHost) this.queue.pause(host, atMs);
    if (pausesHost) this.queue.slowDown(host);
    this.enqueue(task, waitMs === 0 ? null : atMs);
  }

  private refused(host: string): void {
    this.queue.slowDown(host);
    if (this.queue.refuse(host) < REFUSALS_IN_A_ROW) return;
    this.closedHosts.add(host);
    for (const { record } of this.queue.drop((task) => task.host === host))
      this.outcomes.reject(record, REFUSING_HOST);
  }

  /** The budget is spent: tasks that have begun are finished, and waiting candidates stay `found`. */
  private searchNoMore(): void {
    this.queue.drop((task) => task.retries === 0);
    this.queries.endSearches();
  }

  private fail(error: unknown): void {
    this.failure ??= { error };
    this.queries.abort(error);
    this.goOn();
  }

  /** Wakes up for changes that need only time: a pause ends, a retry is due, a download becomes doubtful. */
  private wakeWhenTimeMatters(nowMs: number): void {
    const times = [this.downloads.nextDoubtAtMs(), this.queue.nextAtMs()].map((at) => at ?? Infinity);
    const nextMs = Math.min(...times.filter((at) => at > nowMs));
    clearTimeout(this.wakeTimer);
    if (nextMs !== Infinity) this.wakeTimer = setTimeout(() => this.goOn(), nextMs - nowMs + 1);
  }
}
