/** An instant: whole milliseconds since the Unix epoch, UTC. */
export type Instant = number;

/** The only source of the current time inside the core; tests replace it. */
export abstract class Clock {
  /** The current instant by the wall clock (may jump when an operator corrects it). */
  abstract now(): Instant;

  /** Milliseconds from an arbitrary origin that never go backwards; for measuring durations. */
  abstract monotonicMs(): number;
}
