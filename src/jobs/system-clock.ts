import { type Instant, Clock } from './clock.port.js';

/** The system clock. */
export class SystemClock extends Clock {
  override now(): Instant {
    return Date.now();
  }

  override monotonicMs(): number {
    return performance.now();
  }
}
