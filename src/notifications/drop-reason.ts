import type { Instant } from '../jobs/clock.port.js';
import type { Job } from '../jobs/job.js';
import { endsAt } from '../jobs/job-steps.js';
import { isFinal } from '../jobs/job-states.js';
import type { Notice } from '../jobs/notice.js';

/** Maximum age of a notice, in milliseconds: after a day it is no news. */
export const MAX_NOTICE_AGE_MS = 86_400_000;

/**
 * The reason not to send a notice any more at `now`.
 * @returns the reason, or null if the notice is still to be sent
 */
export function dropReason(notice: Notice, job: Job, now: Instant): string | null {
  if (job.state === 'cancelled') return 'the job was cancelled';
  if (notice.slot === 'start' && isFinal(job.state)) return 'the job had already ended';
  if (endsAt(job) <= now) return 'the job has expired';
  const { submittedAt, startedAt, finishedAt } = job;
  const happenedAt = { confirm: submittedAt, start: startedAt, end: finishedAt, error: finishedAt }[
    notice.slot
  ];
  const isOld = happenedAt !== null && now - happenedAt > MAX_NOTICE_AGE_MS;
  return isOld ? 'could not be sent within a day' : null;
}
