import { Clock, type Instant } from '../../src/jobs/clock.port.js';

/** A clock that runs from a chosen instant and can be set. */
export class TestClock extends Clock {
  private offsetMs: number;
  private stoppedAt: Instant | null = null;

  constructor(now: Instant = Date.UTC(2027, 0, 15, 12)) {
    super();
    this.offsetMs = now - Date.now();
  }

  override now(): Instant {
    return (this.stoppedAt ?? Date.now()) + this.offsetMs;
  }

  override monotonicMs(): number {
    return performance.now();
  }

  /**
   * Stops the wall clock: from now on it only changes when moved, so the duration of the test does not
   * matter.
   */
  stop(): this {
    this.stoppedAt ??= Date.now();
    return this;
  }

  /** Moves the wall clock; durations are not affected. */
  advance(byMs: number): void {
    this.offsetMs += byMs;
  }
}
