import type { Job } from '../../../jobs/job.js';
import { isFinal } from '../../../jobs/job-states.js';
import { endsAt } from '../../../jobs/job-steps.js';
import type { Notice } from '../../../jobs/notice.js';
import type { Hint } from './hints.js';

/** The hints for a job in its present state: when to run it while it is open, and when to delete it. */
export function hintsOf(job: Job): Hint[] {
  const ends: Hint = { kind: 'ends', at: endsAt(job), jobId: job.id };
  return isFinal(job.state) ? [ends] : [{ kind: 'due', at: job.dueAt, jobId: job.id }, ends];
}

/** The hints for notices, each instant once. */
export function noticeHints(notices: readonly Pick<Notice, 'jobId' | 'notBefore'>[]): Hint[] {
  const byInstant = new Map(notices.map(({ jobId, notBefore }) => [notBefore, jobId]));
  return [...byInstant].map(([at, jobId]) => ({ kind: 'notice', at, jobId }));
}

/** The hints that are not among `others`. */
export function without(hints: readonly Hint[], others: readonly Hint[]): Hint[] {
  return hints.filter(({ kind, at }) => !others.some((other) => other.kind === kind && other.at === at));
}
