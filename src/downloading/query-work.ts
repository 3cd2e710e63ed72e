import { queryIndexOf } from '../jobs/image-record.js';
import type { DownloadTask } from './attempts/download-task.js';
import type { DownloadsUnderWay } from './attempts/downloads-under-way.js';
import type { HostQueue } from './attempts/host-queue.js';
import type { CandidateSource } from './candidate-source.js';
import type { KeptImages } from './judging/kept-images.js';

/** Maximum candidates that wait for their hosts' limits; more would mean searching for nothing. */
const MAX_LOOK_AHEAD = 200;
/** Maximum candidates that wait for room: about as many as download while an engine gives its next page. */
const SEARCH_AHEAD = 100;

/** What the queries of one collection share. */
interface SharedWork {
  readonly kept: KeptImages;
  readonly queue: HostQueue<DownloadTask>;
  readonly downloads: DownloadsUnderWay;
}

/** The work on one query of a collection: its search, what is under way, and what it still needs. */
export class QueryWork {
  /** Everything that has started and not finished, downloads and checks. */
  private readonly started = new Set<DownloadTask>();
  private readonly urls = new Set<string>();
  private stop = new AbortController();

  constructor(
    readonly index: number,
    readonly source: CandidateSource,
    private readonly shared: SharedWork,
  ) {}

  /** Images still wanted. */
  get missing(): number {
    return this.shared.kept.missingOf(this.index);
  }

  get hasEnough(): boolean {
    return this.missing <= 0;
  }

  /** Ends downloads that are not needed any more. */
  get signal(): AbortSignal {
    return this.stop.signal;
  }

  /** Tasks that wait for their turn. */
  get queued(): number {
    return this.shared.queue.count((task) => this.owns(task));
  }

  /** Whether the search can rest: it has no more results, or as many are under way as are still wanted. */
  get isSupplied(): boolean {
    return this.source.isDone || this.queued + this.started.size >= this.missing;
  }

  /** Whether no download and no check runs. */
  get isIdle(): boolean {
    return this.started.size === 0;
  }

  /** Whether nothing is under way, and nothing more is wanted or to be had. */
  get isOver(): boolean {
    if (!this.isIdle) return false;
    return this.hasEnough || (this.source.isDone && this.queued === 0);
  }

  /** Whether to start one more download: as many as may be needed, plus some to replace bad ones. */
  get hasRoom(): boolean {
    const doubtful = this.shared.downloads.doubtfulOf((task) => this.owns(task));
    return !this.hasEnough && this.started.size - doubtful < this.wanted;
  }

  /** Whether to search on: for a download that could start now, or one of the next. */
  wantsCandidates(hasPlace: boolean): boolean {
    if (this.hasEnough || this.source.isDone) return false;
    const { queued } = this;
    if (hasPlace && this.hasRoom) return queued < Math.min(MAX_LOOK_AHEAD, 4 * this.wanted);
    // This many are needed in any case.
    return queued < SEARCH_AHEAD && queued + this.started.size < this.missing;
  }

  owns({ record }: DownloadTask): boolean {
    return queryIndexOf(record) === this.index;
  }

  /** Notes the address of a candidate. @returns whether it is the first of this query at that address */
  isFirstAt(url: string): boolean {
    const isFirst = !this.urls.has(url);
    this.urls.add(url);
    return isFirst;
  }

  start(task: DownloadTask): void {
    this.started.add(task);
  }

  end(task: DownloadTask): void {
    this.started.delete(task);
  }

  /** Cuts off downloads once there are enough, and allows new ones if an earlier query took an image over. */
  follow(): void {
    if (this.hasEnough) this.stop.abort();
    else if (this.stop.signal.aborted) this.stop = new AbortController();
  }

  /** Ends the search, and drops what still waits. */
  close(): void {
    this.shared.queue.drop((task) => this.owns(task));
    void this.source.close();
  }

  /** Ends the work because the collection fails. */
  abort(error: unknown): void {
    this.stop.abort(error);
  }

  private get wanted(): number {
    return Math.ceil(1.25 * this.missing);
  }
}
