import type { Instant } from '../../src/jobs/clock.port.js';
import type { JobId } from '../../src/jobs/job.js';

/** A piece of plain text; each platform escapes it and adds its markup. */
export type Span =
  | string
  | { readonly bold: string }
  | { readonly label: string; readonly url: string }
  | { readonly at: Instant; readonly timeZone: string };

/** The pieces of one line, in order. */
export type Line = readonly Span[];

/** The actions of buttons on jobs. */
export const JOB_ACTIONS = ['cancel', 'start', 'retry', 'missing', 'next', 'change', 'delete'] as const;
export type JobAction = (typeof JOB_ACTIONS)[number];

/** A button under a message. The job id gives no right: the presser is checked. */
export type Button =
  | { readonly label: string; readonly action: JobAction; readonly jobId: JobId }
  | { readonly label: string; readonly url: string };

/** A chat message without the markup of a platform. */
export interface Reply {
  readonly lines: readonly Line[];
  readonly buttons: readonly Button[];
}

/** A message without buttons. */
export function textReply(...lines: readonly Line[]): Reply {
  return { lines, buttons: [] };
}
