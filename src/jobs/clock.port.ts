/** An instant: whole milliseconds since the Unix epoch, UTC. */
export type Instant = number;

/** The only source of the current time; tests replace it. */
export abstract class Clock {
  /** The current instant by the wall clock, which may jump when it is corrected. */
  abstract now(): Instant;

  /** Milliseconds since an arbitrary origin, never going backwards, for measuring durations. */
  abstract monotonicMs(): number;
}
