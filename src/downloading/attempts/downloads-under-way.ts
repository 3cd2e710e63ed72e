import type { DownloadLimits } from '../download-limits.js';
import type { HostQueue } from './host-queue.js';
import type { DownloadTask } from './download-task.js';

/** The number of last complete downloads that tell how long one takes. */
const LOOKS_BACK = 64;
/** Fewer tell nothing. */
const LEAST_KNOWN = 16;
/** A download that takes this many times longer than nine in ten is doubtful. */
const TIMES_USUAL = 2;
/** Hosts differ in speed, so a shorter wait would start downloads in vain. */
const LEAST_DOUBT_MS = 500;

/** Doubtful downloads may at most double the number of downloads. */
const WITH_DOUBTFUL = 2;

interface UnderWay {
  readonly startedAtMs: number;
  bytes: number;
  isDoubtful: boolean;
}

/**
 * The running downloads of one run. A download that is old and slow is doubtful: it continues, but another
 * one may start in its place.
 */
export class DownloadsUnderWay {
  private readonly all = new Map<DownloadTask, UnderWay>();
  /** Durations of the last complete downloads. */
  private readonly tookMs: number[] = [];
  private doubtAfterMs: number;

  constructor(
    private readonly limits: Pick<DownloadLimits, 'doubtAfterMs' | 'promptBytesPerSecond'>,
    private readonly queue: HostQueue<DownloadTask>,
    private readonly concurrency: number,
  ) {
    this.doubtAfterMs = limits.doubtAfterMs;
  }

  /** Whether one more download may run. */
  get hasPlace(): boolean {
    return this.prompt < this.concurrency && this.size < WITH_DOUBTFUL * this.concurrency;
  }

  /** All running downloads, including doubtful ones. */
  get size(): number {
    return this.all.size;
  }

  /** Running downloads that are not doubtful. */
  get prompt(): number {
    return [...this.all.values()].filter(({ isDoubtful }) => !isDoubtful).length;
  }

  /** Running downloads of some tasks that are doubtful. */
  doubtfulOf(isCounted: (task: DownloadTask) => boolean): number {
    return [...this.all].filter(([task, { isDoubtful }]) => isDoubtful && isCounted(task)).length;
  }

  start(task: DownloadTask, nowMs: number): void {
    this.all.set(task, { startedAtMs: nowMs, bytes: 0, isDoubtful: false });
  }

  note(task: DownloadTask, bytes: number): void {
    const one = this.all.get(task);
    if (one !== undefined) one.bytes += bytes;
  }

  /** Ends a complete download, and learns from it how long one takes. */
  succeed(task: DownloadTask, nowMs: number): void {
    const one = this.all.get(task);
    if (one !== undefined) this.learn(nowMs - one.startedAtMs);
    this.end(task);
  }

  /** Gives the place of a download back. Ending twice is no error. */
  end(task: DownloadTask): void {
    const one = this.all.get(task);
    if (!this.all.delete(task)) return;
    this.queue.release(task.host, one?.isDoubtful);
  }

  /** Marks downloads that have become old and slow as doubtful. */
  doubtSlowOnes(nowMs: number): void {
    for (const [task, one] of this.all) {
      if (one.isDoubtful || this.doubtAtMs(one) > nowMs) continue;
      one.isDoubtful = true;
      this.queue.doubt(task.host);
    }
  }

  /** When the next download becomes doubtful unless more bytes arrive; null if none can. */
  nextDoubtAtMs(): number | null {
    const times = [...this.all.values()].filter((one) => !one.isDoubtful).map((one) => this.doubtAtMs(one));
    return times.length === 0 ? null : Math.min(...times);
  }

  private doubtAtMs({ startedAtMs, bytes }: UnderWay): number {
    const fastEnoughMs = (bytes / this.limits.promptBytesPerSecond) * 1000;
    return startedAtMs + Math.max(this.doubtAfterMs, fastEnoughMs);
  }

  private learn(tookMs: number): void {
    this.tookMs.push(tookMs);
    if (this.tookMs.length > LOOKS_BACK) this.tookMs.shift();
    if (this.tookMs.length < LEAST_KNOWN) return;
    const usualMs = this.tookMs.toSorted((a, b) => a - b)[Math.floor(this.tookMs.length * 0.9)] ?? 0;
    this.doubtAfterMs = Math.min(this.limits.doubtAfterMs, Math.max(LEAST_DOUBT_MS, TIMES_USUAL * usualMs));
  }
}
