/**
 * Every failure with a code. `retried`: whether running the job again may help. If the code ends a run,
 * `true` hands the job back with a backoff while attempts remain, and `false` ends the job at once.
 */
export const FAILURES = {
  'job.not_found': { retried: false },
  'job.illegal_transition': { retried: false },
  'job.not_possible_now': { retried: false },
  'job.too_old': { retried: false },
  'job.attempts_exhausted': { retried: false },
  'job.no_images': { retried: false },
  'job.stopped': { retried: true },
  'job.cancelled': { retried: false },
  'job.taken_over': { retried: false },
  'source.no_results': { retried: false },
  'source.none_fits': { retried: false },
  'source.unrelated': { retried: false },
  'source.consent_wall': { retried: false },
  'source.blocked': { retried: false },
  'source.layout_changed': { retried: false },
  'source.unreachable': { retried: true },
  'source.left_alone': { retried: false },
  'source.cannot_filter': { retried: false },
  'source.not_available': { retried: false },
  'browser.missing': { retried: false },
  'browser.crashed': { retried: true },
  'limits.reached': { retried: false },
  'queue.taken': { retried: false },
  'queue.stopped': { retried: true },
  'network.address_refused': { retried: false },
  'network.too_many_redirects': { retried: false },
  'network.unreachable': { retried: true },
  'network.timeout': { retried: true },
  'network.bad_answer': { retried: true },
  'storage.unavailable': { retried: true },
  'storage.outcome_unknown': { retried: true },
  'disk.full': { retried: false },
  'disk.not_writable': { retried: false },
  'archive.failed': { retried: true },
  'archive.not_found': { retried: false },
  'choice.unreadable': { retried: false },
  'choice.other_job': { retried: false },
  'choice.empty': { retried: false },
  'choice.no_such_image': { retried: false },
  'choice.not_shared': { retried: false },
  'mail.temporary': { retried: true },
  'mail.permanent': { retried: false },
  'internal.unexpected': { retried: true },
} as const satisfies Record<string, { retried: boolean }>;

/** A stable dotted failure code. */
export type FailureCode = keyof typeof FAILURES;

/** Whether running the job again may help after a failure with `code`. */
export function isRetried(code: FailureCode): boolean {
  return FAILURES[code].retried;
}
