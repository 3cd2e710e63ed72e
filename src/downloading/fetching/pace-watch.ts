import type { Clock } from '../../jobs/clock.port.js';
import type { DownloadLimits } from '../download-limits.js';
import { Rejection } from '../../jobs/rejection.js';

/** Watches the pace of a body, and ends silent and slow ones. */
export class PaceWatch implements Disposable {
  private readonly timer: NodeJS.Timeout;
  private lastByteAtMs: number;
  private windowBytes = 0;

  /** @param callOff called once, with `timeout` after silence or `too_slow` below the minimum rate */
  constructor(
    private readonly limits: DownloadLimits,
    private readonly clock: Clock,
    private readonly callOff: (rejection: Rejection) => void,
  ) {
    this.lastByteAtMs = clock.monotonicMs();
    this.timer = setInterval(() => this.look(), limits.rateWindowMs);
  }

  /** Records bytes that arrived. */
  note(bytes: number): void {
    this.windowBytes += bytes;
    this.lastByteAtMs = this.clock.monotonicMs();
  }

  [Symbol.dispose](): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const silentMs = this.clock.monotonicMs() - this.lastByteAtMs;
    const leastBytes = (this.limits.minBytesPerSecond * this.limits.rateWindowMs) / 1000;
    if (silentMs >= this.limits.stallMs) this.callOff(new Rejection('timeout', 'stalled'));
    // A window without any byte counts as silence, which has a longer limit.
    else if (this.windowBytes > 0 && this.windowBytes < leastBytes) this.callOff(new Rejection('too_slow'));
    this.windowBytes = 0;
  }
}
