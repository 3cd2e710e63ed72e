import { AppError } from './app-error.js';

/** The states of a job. Deletion is not a state: after the expiry the record is gone. */
export const JOB_STATES = ['scheduled', 'running', 'ready', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** The stages of a run, in order. */
export const STAGES = ['searching', 'downloading', 'zipping'] as const;
export type Stage = (typeof STAGES)[number];

/**
 * All legal transitions. `running → running` is a take-over by another worker, `running → scheduled` a
 * hand-back or a backoff, `ready → ready` an extension or a new packing.
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

/** @throws AppError `job.illegal_transition` if the transition is not legal */
export function assertTransition(from: JobState, to: JobState): void {
  if (!isLegalTransition(from, to)) throw new AppError('job.illegal_transition', { from, to });
}

/** Whether a job in `state` has ended. */
export function isFinal(state: JobState): boolean {
  return state === 'ready' || state === 'failed' || state === 'cancelled';
}
