import type { JobState } from '../jobs/job-states.js';
import type { Notice, NoticeResult } from '../jobs/notice.js';

/** The stored reason for not sending a notice of a cancelled job. */
export const DROPPED_BY_CANCEL = 'cancelled';

/**
 * The notice after `result`. A deferred notice of a cancelled job is dropped instead, since nothing is sent
 * after a cancel.
 */
export function settledNotice(claimed: Notice, result: NoticeResult, state: JobState): Notice {
  if (result.status !== 'pending') {
    return { ...claimed, status: result.status, detail: result.status === 'sent' ? null : result.detail };
  }
  if (state === 'cancelled') return { ...claimed, status: 'dropped', detail: DROPPED_BY_CANCEL };
  return { ...claimed, status: 'pending', notBefore: result.notBefore, detail: result.detail };
}
