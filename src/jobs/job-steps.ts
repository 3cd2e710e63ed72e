import { CHANNELS } from './channels.js';
import type { Instant } from './clock.port.js';
import { type Job, type NewJob, NO_PROGRESS, type Outcome } from './job.js';
import { assertTransition, isFinal, isLegalTransition, type JobState } from './job-states.js';
import type { Notice, Slot } from './notice.js';

/** The result of one step of a job. Stores write it by compare-and-set and raise the version. */
export interface JobStep {
  /** The job after the step; the same object if there is nothing to write. */
  readonly job: Job;
  /** Outbox rows that the same step adds. */
  readonly notices: readonly Notice[];
  /** Whether the same step turns `pending` notices into `dropped`. */
  readonly dropsPending: boolean;
}

/** @returns the first record of a job */
export function newJob({ id, door, request, submittedAt, purgeAt }: NewJob): Job {
  return {
    id,
    door,
    request,
    submittedAt,
    purgeAt,
    state: 'scheduled',
    stage: null,
    version: 1,
    epoch: 0,
    attempts: 0,
    dueAt: request.dueAt,
    startedAt: null,
    finishedAt: null,
    progress: NO_PROGRESS,
    delivered: 0,
    shortfall: [],
    cause: null,
    archive: null,
    expiresAt: null,
    extended: false,
  };
}

/** @returns the step of JobStore.submit for a job that does not exist yet */
export function submitStep(given: NewJob): JobStep {
  const job = newJob(given);
  if (given.asksToConfirm !== true) return step(job);
  const asked = noticesOf(job, 'confirm', job.submittedAt);
  return step(
    job,
    asked.filter(({ recipient }) => CHANNELS[recipient.channel].asksToConfirm),
  );
}

/** @returns the step of JobStore.begin, or null if the job cannot begin */
export function beginStep(job: Job, seenEpoch: number, at: Instant): JobStep | null {
  if (job.epoch !== seenEpoch || !isLegalTransition(job.state, 'running')) return null;
  const begun: Job = {
    ...into(job, 'running'),
    stage: 'searching',
    epoch: job.epoch + 1,
    attempts: job.attempts + 1,
    startedAt: job.startedAt ?? at,
    progress: NO_PROGRESS,
  };
  return step(begun, job.startedAt === null ? noticesOf(begun, 'start', at) : []);
}

/** @returns the step of JobStore.finish, or null if the epoch is old or the transition is not legal */
export function finishStep(job: Job, epoch: number, outcome: Outcome): JobStep | null {
  if (job.epoch !== epoch || !isLegalTransition(job.state, outcome.state)) return null;
  switch (outcome.state) {
    case 'ready':
      return readyStep(job, outcome);
    case 'failed':
      return failedStep(job, outcome);
    case 'scheduled':
      return handBackStep(job, outcome);
  }
}

/** @returns the step of JobStore.cancel, or null if the job cannot be cancelled */
export function cancelStep(job: Job, at: Instant, expiresAt: Instant): JobStep | null {
  if (job.state === 'cancelled') return step(job);
  if (!isLegalTransition(job.state, 'cancelled')) return null;
  return { ...step({ ...left(job, 'cancelled', at), expiresAt }), dropsPending: true };
}

/** @returns the step of JobStore.extend, or null if the job cannot be extended */
export function extendStep(job: Job, at: Instant, expiresAt: Instant): JobStep | null {
  if (!isDownloadable(job, at) || job.extended) return null;
  return step({ ...job, expiresAt, extended: true });
}

/** @returns the step of JobStore.choose, or null if the job has no archive to choose from */
export function chooseStep(job: Job, choice: string | null, at: Instant): JobStep | null {
  if (!isDownloadable(job, at) || job.archive === null) return null;
  const { choice: before = null, ...archive } = job.archive;
  if (choice === before) return step(job);
  return step({ ...job, archive: choice === null ? archive : { ...archive, choice } });
}

/** @returns the step of JobStore.expireAt, or null if the job is not final */
export function expireStep(job: Job, at: Instant): JobStep | null {
  return isFinal(job.state) ? step({ ...job, expiresAt: at }) : null;
}

/** The instant at which everything of a job is deleted, as known now. */
export function endsAt(job: Pick<Job, 'expiresAt' | 'purgeAt'>): Instant {
  return Math.min(job.expiresAt ?? job.purgeAt, job.purgeAt);
}

function isDownloadable(job: Job, at: Instant): boolean {
  return job.state === 'ready' && job.expiresAt !== null && job.expiresAt > at;
}

function step(job: Job, notices: readonly Notice[] = []): JobStep {
  return { job, notices, dropsPending: false };
}

function readyStep(job: Job, outcome: Extract<Outcome, { state: 'ready' }>): JobStep {
  const { archive, delivered, shortfall, expiresAt, at } = outcome;
  const ready: Job = { ...left(job, 'ready', at), archive, delivered, shortfall, expiresAt };
  return step(ready, job.state === 'ready' ? [] : noticesOf(ready, 'end', at));
}

function failedStep(job: Job, outcome: Extract<Outcome, { state: 'failed' }>): JobStep {
  const { cause, shortfall, expiresAt, at } = outcome;
  const failed: Job = { ...left(job, 'failed', at), cause, shortfall, expiresAt };
  return step(failed, noticesOf(failed, 'error', at));
}

function handBackStep(job: Job, outcome: Extract<Outcome, { state: 'scheduled' }>): JobStep {
  const attempts = outcome.attemptSpent ? job.attempts : Math.max(0, job.attempts - 1);
  return step({ ...into(job, 'scheduled'), dueAt: outcome.dueAt, attempts });
}

function left(job: Job, state: JobState, at: Instant): Job {
  return { ...into(job, state), finishedAt: at };
}

/** Checks the transition: an illegal one would be a bug. */
function into(job: Job, state: JobState): Job {
  assertTransition(job.state, state);
  return { ...job, state, stage: null };
}

function noticesOf(job: Job, slot: Slot, at: Instant): Notice[] {
  return job.request.recipients.map((recipient) => ({
    jobId: job.id,
    slot,
    recipient,
    epoch: job.epoch,
    status: 'pending',
    attempts: 0,
    notBefore: at,
    detail: null,
  }));
}
