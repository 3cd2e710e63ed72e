import { dropReason } from '../../../src/notifications/drop-reason.js';
import { DUE, failedJob, HOUR_MS, noticeOf, readyJob, runningJob } from './samples.js';

const SOON = DUE + 400_000;

describe('dropReason', () => {
  it.each([
    ['the start of a running job', runningJob(), 'start', SOON],
    ['the end of a ready job', readyJob(), 'end', SOON],
    ['the error of a failed job', failedJob(), 'error', SOON],
    ['the question to an address while its job waits for it', readyJob(), 'confirm', SOON],
    ['an end that could not be sent for 23 hours', readyJob(), 'end', DUE + 23 * HOUR_MS],
  ] as const)('lets %s go out', (_what, job, slot, now) => {
    expect(dropReason(noticeOf(job, slot), job, now)).toBeNull();
  });

  it.each([
    ['the start of a job that has ended', readyJob(), 'start', SOON],
    ['anything of a cancelled job', runningJob({}, { state: 'cancelled' }), 'end', SOON],
    ['anything of an expired job', readyJob(), 'end', DUE + 25 * HOUR_MS],
    ['a question of a day ago', runningJob(), 'confirm', DUE + 25 * HOUR_MS],
    ['a start of a day ago', runningJob(), 'start', DUE + 25 * HOUR_MS],
    ['an end of a day ago', readyJob({}, { expiresAt: DUE + 99 * HOUR_MS }), 'end', DUE + 25 * HOUR_MS],
  ] as const)('keeps back %s', (_what, job, slot, now) => {
    expect(dropReason(noticeOf(job, slot), job, now)).toEqual(expect.any(String));
  });
});
