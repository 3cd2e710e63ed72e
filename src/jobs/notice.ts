import type { Instant } from './clock.port.js';
import type { JobId, Recipient } from './job.js';

/**
 * The notices of a job. `confirm` asks an e-mail address whether it wants the others, if CONFIRM_EMAIL is on.
 * A job sends either `end` or `error`, so a recipient gets at most three.
 */
export const SLOTS = ['confirm', 'start', 'end', 'error'] as const;
/** A slot of a job; each recipient gets at most one notice in each slot. */
export type Slot = (typeof SLOTS)[number];

/**
 * `pending` waits for its time; `sending` has left or is about to leave (never repeated if the process dies
 * there); `sent`, `refused` (permanently) and `dropped` (no longer wanted) are final.
 */
export type NoticeStatus = 'pending' | 'sending' | 'sent' | 'refused' | 'dropped';

/** The identity of an outbox row: one slot of one job for one recipient. */
export interface NoticeKey {
  readonly jobId: JobId;
  readonly slot: Slot;
  readonly recipient: Recipient;
}

/** A row of the outbox. */
export interface Notice extends NoticeKey {
  /** Epoch of the run that caused it. */
  readonly epoch: number;
  readonly status: NoticeStatus;
  /** Number of tries. */
  readonly attempts: number;
  /** Earliest time of the next try. */
  readonly notBefore: Instant;
  /** Reason of a refusal, drop or delay; free of addresses. */
  readonly detail: string | null;
}

/** The result of a claimed notice. */
export type NoticeResult =
  | { readonly status: 'sent' }
  | { readonly status: 'refused' | 'dropped'; readonly detail: string }
  | { readonly status: 'pending'; readonly notBefore: Instant; readonly detail: string };
