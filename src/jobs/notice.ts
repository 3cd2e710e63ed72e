import type { Instant } from './clock.port.js';
import type { JobId, Recipient } from './job.js';

/**
 * The notices a job may send. `confirm` asks an e-mail address whether it wants the others, where CONFIRM_EMAIL
 * is on. A job ends well or not, so nobody gets more than three.
 */
export const SLOTS = ['confirm', 'start', 'end', 'error'] as const;
/** One notice of a job; each recipient gets each at most once. */
export type Slot = (typeof SLOTS)[number];

/**
 * `pending` waits for its time; `sending` has left or is about to (a process that dies there never sends it
 * again); `sent`, `refused` (permanently) and `dropped` (no longer wanted) are final.
 */
export type NoticeStatus = 'pending' | 'sending' | 'sent' | 'refused' | 'dropped';

/** The identity of an outbox row: one slot of one job for one recipient. */
export interface NoticeKey {
  readonly jobId: JobId;
  readonly slot: Slot;
  readonly recipient: Recipient;
}

/** One row of the outbox. */
export interface Notice extends NoticeKey {
  /** Epoch of the run that caused it. */
  readonly epoch: number;
  readonly status: NoticeStatus;
  /** Sends that were tried. */
  readonly attempts: number;
  /** Not sent before this instant. */
  readonly notBefore: Instant;
  /** Why it was refused, dropped or put off; free of addresses. */
  readonly detail: string | null;
}

/** What became of a claimed notice. */
export type NoticeResult =
  | { readonly status: 'sent' }
  | { readonly status: 'refused' | 'dropped'; readonly detail: string }
  | { readonly status: 'pending'; readonly notBefore: Instant; readonly detail: string };
