import type { DownloadLimits } from './download-limits.js';
import type { HostLanes } from './host-lanes.js';
import type { Ticket } from './ticket.js';

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
  private readonly all = new Map<Ticket, UnderWay>();

  constructor(
    private readonly limits: Pick<DownloadLimits, 'doubtAfterMs' | 'promptBytesPerSecond'>,
    private readonly lanes: HostLanes<Ticket>,
  ) {}

  /** How many there are, the doubtful ones too. */
  get size(): number {
    return this.all.size;
  }

  /** How many can be counted on. */
  get prompt(): number {
    return [...this.all.values()].filter(({ isDoubtful }) => !isDoubtful).length;
  }

  start(ticket: Ticket, nowMs: number): void {
    this.all.set(ticket, { startedAtMs: nowMs, bytes: 0, isDoubtful: false });
  }

  note(ticket: Ticket, bytes: number): void {
    const one = this.all.get(ticket);
    if (one !== undefined) one.bytes += bytes;
  }

  /** Gives its lane back; ending twice is no error. */
  end(ticket: Ticket): void {
    const one = this.all.get(ticket);
    if (!this.all.delete(ticket)) return;
    this.lanes.release(ticket.host, one?.isDoubtful);
  }

  /** Doubts those that have become old and slow. */
  doubtSlowOnes(nowMs: number): void {
    for (const [ticket, one] of this.all) {
      if (one.isDoubtful || this.doubtAtMs(one) > nowMs) continue;
      one.isDoubtful = true;
      this.lanes.doubt(ticket.host);
    }
  }

  /** When the next one becomes doubtful, unless more of it comes; null where none can. */
  nextDoubtAtMs(): number | null {
    const times = [...this.all.values()].filter((one) => !one.isDoubtful).map((one) => this.doubtAtMs(one));
    return times.length === 0 ? null : Math.min(...times);
  }

  private doubtAtMs({ startedAtMs, bytes }: UnderWay): number {
    const fastEnoughMs = (bytes / this.limits.promptBytesPerSecond) * 1000;
    return startedAtMs + Math.max(this.limits.doubtAfterMs, fastEnoughMs);
  }
}
