import type { DownloadLimits } from '../download-limits.js';
import type { HostQueue } from './host-queue.js';
import type { DownloadTask } from './download-task.js';

/** How many of the last whole downloads say how long one takes here. */
const LOOKS_BACK = 64;
/** Fewer say nothing. */
const LEAST_KNOWN = 16;
/** One that takes so much longer than nine in ten did is not waited for. */
const TIMES_USUAL = 2;
/** Some hosts are slower than others: a shorter wait would ask for images in vain. */
const LEAST_DOUBT_MS = 500;

interface UnderWay {
  readonly startedAtMs: number;
  bytes: number;
  isDoubtful: boolean;
}

/**
 * The downloads of one run that are under way, and which of them can be counted on. One that is old and slow is
 * doubtful: it goes on, but another one may start in its place.
 */
export class DownloadsUnderWay {
  private readonly all = new Map<DownloadTask, UnderWay>();
  /** Of the last whole downloads, in milliseconds. */
  private readonly tookMs: number[] = [];
  private doubtAfterMs: number;

  constructor(
    private readonly limits: Pick<DownloadLimits, 'doubtAfterMs' | 'promptBytesPerSecond'>,
    private readonly queue: HostQueue<DownloadTask>,
  ) {
    this.doubtAfterMs = limits.doubtAfterMs;
  }

  /** How many there are, the doubtful ones too. */
  get size(): number {
    return this.all.size;
  }

  /** How many can be counted on. */
  get prompt(): number {
    return [...this.all.values()].filter(({ isDoubtful }) => !isDoubtful).length;
  }

  start(task: DownloadTask, nowMs: number): void {
    this.all.set(task, { startedAtMs: nowMs, bytes: 0, isDoubtful: false });
  }

  note(task: DownloadTask, bytes: number): void {
    const one = this.all.get(task);
    if (one !== undefined) one.bytes += bytes;
  }

  /** Ends one that is whole, and learns from it how long one takes. */
  succeed(task: DownloadTask, nowMs: number): void {
    const one = this.all.get(task);
    if (one !== undefined) this.learn(nowMs - one.startedAtMs);
    this.end(task);
  }

  /** Gives its place back; ending twice is no error. */
  end(task: DownloadTask): void {
    const one = this.all.get(task);
    if (!this.all.delete(task)) return;
    this.queue.release(task.host, one?.isDoubtful);
  }

  /** Doubts those that have become old and slow. */
  doubtSlowOnes(nowMs: number): void {
    for (const [task, one] of this.all) {
      if (one.isDoubtful || this.doubtAtMs(one) > nowMs) continue;
      one.isDoubtful = true;
      this.queue.doubt(task.host);
    }
  }

  /** When the next one becomes doubtful, unless more of it comes; null where none can. */
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
