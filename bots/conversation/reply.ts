import type { Instant } from '../../src/jobs/clock.port.js';
import type { JobId } from '../../src/jobs/job.js';

/** A piece of text. Everything in it is plain: each platform escapes it and adds its own marks. */
export type Span =
  | string
  | { readonly bold: string }
  | { readonly label: string; readonly url: string }
  | { readonly at: Instant; readonly timeZone: string };

/** The pieces of one line, in order. */
export type Line = readonly Span[];

/** What a button does to a job. */
export const JOB_ACTIONS = ['cancel', 'retry', 'delete'] as const;
/** One of these. */
export type JobAction = (typeof JOB_ACTIONS)[number];

/** A button under a message. The job id gives no right: who presses is checked. */
export type Button =
  | { readonly label: string; readonly action: JobAction; readonly jobId: JobId }
  | { readonly label: string; readonly url: string };

/** One chat message, before any platform's markup. */
export interface Reply {
  readonly lines: readonly Line[];
  readonly buttons: readonly Button[];
}

/** A message of nothing but text. */
export function textReply(...lines: readonly Line[]): Reply {
  return { lines, buttons: [] };
}
