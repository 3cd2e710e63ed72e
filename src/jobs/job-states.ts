import { AppError } from './app-error.js';

/** The states of a job. Deletion is not a state: after the expiry the record is gone. */
export const JOB_STATES = ['scheduled', 'running', 'ready', 'failed', 'cancelled'] as const;
/** Where a job stands. */
export type JobState = (typeof JOB_STATES)[number];

/** What a running job is doing. */
export const STAGES = ['searching', 'downloading', 'zipping'] as const;
/** One part of a run, in the order of STAGES. */
export type Stage = (typeof STAGES)[number];

/**
 * The only transitions there are. `running → running` is a take-over by another worker, `running → scheduled`
 * a hand-back or a backoff, `ready → ready` an extension or a new packing.
 */
const TRANSITIONS: Readonly<Record<JobState, readonly JobState[]>> = {
  scheduled: ['running', 'cancelled', 'failed'],
  running: ['running', 'scheduled', 'ready', 'failed', 'cancelled'],
  ready: ['ready'],
  failed: [],
  cancelled: [],
};

/** Whether a job may go from `from` to `to`. */
export function isLegalTransition(from: JobState, to: JobState): boolean {
  return TRANSITIONS[from].includes(to);
}

/** @throws AppError `job.illegal_transition` where the step is not in the table. */
export function assertTransition(from: JobState, to: JobState): void {
  if (!isLegalTransition(from, to)) throw new AppError('job.illegal_transition', { from, to });
}

/** Whether nothing more will happen to a job in `state` until its expiry. */
export function isFinal(state: JobState): boolean {
  return state === 'ready' || state === 'failed' || state === 'cancelled';
}
