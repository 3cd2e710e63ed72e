import type { FailureCode } from './failure-codes.js';
import type { RejectionReason } from './image-record.js';
import type { ShortfallEntry } from './job.js';
import type { JobState, Stage } from './job-states.js';

/** A failure in plain words. */
export interface Wording {
  /** What happened, one or two sentences. */
  readonly what: string;
  /** What the reader can do now. */
  readonly next: string;
}

const TRY_AGAIN = 'Try again in a few minutes.';
const TELL_OPERATOR = 'Please tell whoever runs this service; trying again will not help until it is fixed.';

/** Every failure in plain words: the one table for pages, mails, chat messages and the JSON API. */
export const FAILURE_WORDING: Readonly<Record<FailureCode, Wording>> = {
  'job.not_found': {
    what: 'There is no such job any more.',
    next: 'Jobs are deleted some time after they end. Start a new one.',
  },
  'job.illegal_transition': { what: 'The job is in another state already.', next: 'Look at it again.' },
  'job.not_possible_now': {
    what: 'This cannot be done with the job as it is now.',
    next: 'Look at the job again: it has probably moved on meanwhile.',
  },
  'job.too_old': {
    what: 'The job waited so long for its turn that it was given up.',
    next: 'Start it again if you still want the images.',
  },
  'job.attempts_exhausted': {
    what: 'The job was tried several times and was interrupted each time.',
    next: `${TRY_AGAIN} If it happens again, tell whoever runs this service.`,
  },
  'job.no_images': {
    what: 'Results were found, but none of them led to a usable image.',
    next: 'Try other words, or try again later.',
  },
  'job.stopped': { what: 'The service was stopped while the job ran.', next: TRY_AGAIN },
  'job.cancelled': { what: 'The job was cancelled.', next: 'Start it again if you still want the images.' },
  'job.taken_over': { what: 'Another worker goes on with the job.', next: 'There is nothing to do.' },
  'source.no_results': {
    what: 'The search found no images for these words.',
    next: 'Check the spelling or try more common words.',
  },
  'source.consent_wall': {
    what: 'The search engine asked for consent and did not let the search through.',
    next: TRY_AGAIN,
  },
  'source.blocked': {
    what: 'The search engine refused automatic searches from here for the moment.',
    next: 'Wait an hour or so, then try again.',
  },
  'source.layout_changed': {
    what: 'The search engine answered with a page that this service cannot read.',
    next: TELL_OPERATOR,
  },
  'source.unreachable': { what: 'The search engine could not be reached.', next: TRY_AGAIN },
  'browser.missing': {
    what: 'The service has no browser to search with: Chrome or Chromium is not installed.',
    next: TELL_OPERATOR,
  },
  'browser.crashed': { what: 'The browser that searches stopped unexpectedly.', next: TRY_AGAIN },
  'queue.stopped': { what: 'The service is being stopped and takes no more jobs.', next: TRY_AGAIN },
  'network.address_refused': {
    what: 'The address leads into a private network, where this service never goes.',
    next: 'Use an address on the public internet.',
  },
  'network.too_many_redirects': {
    what: 'The address sent us on to other addresses too many times.',
    next: 'Use another address.',
  },
  'network.unreachable': { what: 'The network could not be reached.', next: TRY_AGAIN },
  'network.timeout': { what: 'The network took too long to answer.', next: TRY_AGAIN },
  'storage.unavailable': {
    what: 'The records cannot be reached at the moment. Nothing was lost.',
    next: 'Try again in a few seconds.',
  },
  'storage.outcome_unknown': {
    what: 'The records did not confirm the change in time, so it may or may not have happened.',
    next: 'Send the same form once more: it will not create a second job.',
  },
  'disk.full': {
    what: 'The disk of the service is full, so the images could not be stored.',
    next: 'Tell whoever runs this service, or try again later with fewer images.',
  },
  'disk.not_writable': { what: 'The service cannot write to its disk.', next: TELL_OPERATOR },
  'archive.failed': { what: 'The zip file could not be made.', next: TRY_AGAIN },
  'archive.not_found': { what: 'This file is not there any more.', next: 'Start the job again to get it.' },
  'mail.temporary': {
    what: 'The mail server did not take the message yet.',
    next: 'It is tried again by itself. This page always shows the state and the link.',
  },
  'mail.permanent': {
    what: 'The mail server refused the message for good.',
    next: 'Check the e-mail address. This page always shows the state and the link.',
  },
  'internal.unexpected': {
    what: 'Something went wrong inside the service.',
    next: `${TRY_AGAIN} If it happens again, tell whoever runs this service.`,
  },
};

/** Why an image was not kept, as the end of «12 …». */
export const REJECTION_WORDING: Readonly<Record<RejectionReason, string>> = {
  no_image_url: 'had no full-size image',
  address_refused: 'lay at an address that is not public',
  unreachable: 'could not be reached',
  timeout: 'did not answer in time',
  too_slow: 'came too slowly',
  http_status: 'were gone or not allowed',
  rate_limited: 'came from sites that asked to slow down',
  too_many_redirects: 'were redirected too often',
  not_an_image: 'were no images',
  unsupported_format: 'were in a format that is not delivered',
  broken_image: 'were broken or cut off',
  too_large: 'were too large a file',
  too_many_pixels: 'had too many pixels',
  too_small: 'were too small',
  empty: 'were empty',
  exact_duplicate: 'were exact copies of another',
  near_duplicate: 'looked the same as another',
  placeholder: 'were only placeholders',
  opted_out: 'come from sites that do not allow this use',
  job_budget_spent: 'would have made the zip too large',
};

/** One counted reason for a shortfall, e.g. `12 could not be reached`. */
export function shortfallWording({ reason, count }: ShortfallEntry): string {
  if (reason === 'search_exhausted') return 'The search had no more results.';
  if (isRejectionReason(reason)) return `${count} ${REJECTION_WORDING[reason]}`;
  return FAILURE_WORDING[reason].what;
}

function isRejectionReason(reason: string): reason is RejectionReason {
  return Object.hasOwn(REJECTION_WORDING, reason);
}

/** What a running job is doing, as a short title. */
export const STAGE_WORDING: Readonly<Record<Stage, string>> = {
  searching: 'Searching',
  downloading: 'Downloading',
  zipping: 'Packing the zip',
};

/** The state of a job, as a short title. */
export const STATE_WORDING: Readonly<Record<JobState, string>> = {
  scheduled: 'Scheduled',
  running: 'Running',
  ready: 'Ready',
  failed: 'Failed',
  cancelled: 'Cancelled',
};
