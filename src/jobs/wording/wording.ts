import type { FailureCode } from '../failure-codes.js';
import { isRejectionReason, rejectionLabel } from '../rejection-reasons.js';
import type { ShortfallEntry } from '../job.js';
import type { JobState, Stage } from '../job-states.js';

/** The wording of a failure for people. */
export interface Wording {
  /** The failure in one plain sentence. */
  readonly what: string;
  /** The next step for the person in one plain sentence. */
  readonly next: string;
}

const TRY_LATER = 'Try again in a while.';
const TRY_AGAIN = 'Try again; if it keeps happening, tell whoever runs this service.';
const TELL_OPERATOR = 'Tell whoever runs this service; then try again.';
const CHOOSE_AGAIN = 'Open the page of the images and choose there.';
const OTHER_WORDS = 'Check the spelling, or try fewer or more general words.';

/** The wording of every failure, for pages, mails, chat messages and JSON. */
const FAILURE_WORDING: Readonly<Record<FailureCode, Wording>> = {
  'job.not_found': {
    what: 'There is no such job any more.',
    next: 'It was deleted, or its time has run out; start a new one.',
  },
  'job.illegal_transition': {
    what: 'The job cannot do that in the state it is in.',
    next: 'Look at its page for what is possible.',
  },
  'job.not_possible_now': {
    what: 'That is not possible any more: the job has moved on.',
    next: 'Look at its page for what is possible.',
  },
  'job.too_old': {
    what: 'The job could not be finished within 30 days of its time, so it was given up.',
    next: 'Ask again with a new time.',
  },
  'job.attempts_exhausted': {
    what: 'The job was started several times and was interrupted each time.',
    next: TRY_AGAIN,
  },
  'job.no_images': {
    what: 'The search gave results, but not one of the images behind them could be used.',
    next: 'Try other words, or try again later: sites may be down for a while.',
  },
  'job.cancelled': { what: 'The job was cancelled.', next: 'Ask again if you still want the images.' },
  'job.taken_over': { what: 'Another worker has taken the job over.', next: 'Nothing needs to be done.' },
  'limits.reached': {
    what: 'That is a lot of jobs for now.',
    next: 'Send it again later.',
  },
  'queue.taken': {
    what: 'Another process already runs the jobs of this installation.',
    next: 'Stop that one first, or give this one a DATA_DIR (or keyspace) of its own.',
  },
  'queue.stopped': { what: 'The service is being stopped.', next: TRY_LATER },
  'job.stopped': { what: 'The service was stopped while the job was running.', next: TRY_LATER },
  'source.no_results': { what: 'The search found no images for these words.', next: OTHER_WORDS },
  'source.consent_wall': {
    what: 'The search engine asked for consent to cookies in a way that could not be answered.',
    next: TRY_LATER,
  },
  'source.blocked': {
    what: 'The search engine refused automatic requests from here for the time being.',
    next: 'Try again in an hour or later; such blocks pass by themselves.',
  },
  'source.layout_changed': {
    what: 'The search engine has changed its result pages, and they could not be read.',
    next: 'This needs an update of the service: tell whoever runs it.',
  },
  'source.unreachable': { what: 'The search engine could not be reached.', next: TRY_LATER },
  'source.none_fits': {
    what: 'The search engine found images, but says of none that it has the licence or is from the sites asked for.',
    next: 'Allow more licences or sites, or ask for other search engines.',
  },
  'source.unrelated': {
    what: 'The search engine showed images that have nothing to do with the words.',
    next: 'Try again later, or ask for other search engines.',
  },
  'source.left_alone': {
    what: 'A short while ago the search engine refused or could not be read, so it is left alone for now.',
    next: 'Try again later, or ask for other search engines.',
  },
  'source.cannot_filter': {
    what: 'The search engine cannot search by one of the filters that were asked for.',
    next: 'Leave that filter out, or ask for other search engines.',
  },
  'source.not_available': {
    what: 'The search engine that was asked for is not set up here.',
    next: 'Ask for other search engines, or tell whoever runs this service.',
  },
  'browser.missing': {
    what: 'The browser that does the searching is not installed on the server.',
    next: TELL_OPERATOR,
  },
  'browser.crashed': { what: 'The browser that does the searching crashed.', next: TRY_AGAIN },
  'network.address_refused': {
    what: 'The address is not a public one, so it was not opened.',
    next: TELL_OPERATOR,
  },
  'network.too_many_redirects': { what: 'The address only led from one to the next.', next: TRY_LATER },
  'network.unreachable': { what: 'The network could not be reached from the server.', next: TRY_LATER },
  'network.bad_answer': { what: 'The other side gave an answer that made no sense.', next: TRY_LATER },
  'network.timeout': { what: 'The other side did not answer in time.', next: TRY_LATER },
  'storage.unavailable': { what: 'The database of the service could not be reached.', next: TRY_LATER },
  'storage.outcome_unknown': {
    what: 'The database did not say whether it had recorded the change.',
    next: 'Send it once more: the same form never makes a second job.',
  },
  'disk.full': { what: 'There was no space left on the server’s disk.', next: TELL_OPERATOR },
  'disk.not_writable': { what: 'The server could not write to its disk.', next: TELL_OPERATOR },
  'archive.failed': { what: 'The images were found, but the zip could not be made.', next: TRY_AGAIN },
  'archive.not_found': {
    what: 'The zip is not there any more.',
    next: 'Ask for the images again.',
  },
  'choice.unreadable': {
    what: 'This choice of images cannot be read: its address was changed or cut off.',
    next: CHOOSE_AGAIN,
  },
  'choice.other_job': {
    what: 'This choice is not one of this job: it belongs to another one, or its address was cut off.',
    next: CHOOSE_AGAIN,
  },
  'choice.empty': { what: 'No image is chosen.', next: 'Choose at least one image, then send it again.' },
  'choice.no_such_image': {
    what: 'One of the chosen images is not one of these images.',
    next: 'Choose by the numbers on the page of the images: they begin with 1.',
  },
  'choice.not_shared': {
    what: 'One of these images is not shared, or not any more.',
    next: CHOOSE_AGAIN,
  },
  'mail.temporary': { what: 'The mail could not be sent yet; it will be tried again.', next: TRY_LATER },
  'mail.permanent': {
    what: 'The mail was refused for good.',
    next: 'Check the e-mail address.',
  },
  'internal.unexpected': { what: 'Something went wrong inside the service.', next: TRY_AGAIN },
};

/** The wording of the failure `code`. */
export function failureWording(code: FailureCode): Wording {
  return FAILURE_WORDING[code];
}

/** Engine failures with another wording for several engines; the wording of `no_results` names no engine. */
type EngineFailure = Exclude<Extract<FailureCode, `source.${string}`>, 'source.no_results'>;

const EVERY_ENGINE_WORDING: Readonly<Record<EngineFailure, string>> = {
  'source.consent_wall':
    'The search engines asked for consent to cookies in a way that could not be answered.',
  'source.blocked': 'The search engines refused automatic requests from here for the time being.',
  'source.layout_changed': 'The search engines have changed their result pages, and they could not be read.',
  'source.unreachable': 'The search engines could not be reached.',
  'source.none_fits':
    'The search engines found images, but say of none that it has the licence or is from the sites asked for.',
  'source.unrelated': 'The search engines showed images that have nothing to do with the words.',
  'source.left_alone':
    'A short while ago the search engines refused or could not be read, so they are left alone for now.',
  'source.cannot_filter': 'The search engines cannot search by one of the filters that were asked for.',
  'source.not_available': 'The search engines that were asked for are not set up here.',
};

/** The failure `code` of all of several search engines; null if it is not a failure of engines. */
export function everyEngineWording(code: FailureCode): string | null {
  return isOfEngine(code) ? EVERY_ENGINE_WORDING[code] : null;
}

function isOfEngine(code: FailureCode): code is EngineFailure {
  return code in EVERY_ENGINE_WORDING;
}

/** A reason for fewer images than requested, as a label before or after its count. */
export function shortfallWording(reason: ShortfallEntry['reason']): string {
  if (reason === 'search_exhausted') return 'the search had no more results';
  return isRejectionReason(reason) ? rejectionLabel(reason) : FAILURE_WORDING[reason].what;
}

/** The stage of a running job, as a short title. */
export const STAGE_WORDING: Readonly<Record<Stage, string>> = {
  searching: 'Searching',
  downloading: 'Downloading',
  zipping: 'Packing the zip',
};

/** The text about a deleted job. */
export const DELETED = 'Deleted. Nothing of this job is left.';

/** The state of a job, as a short title. */
export const STATE_WORDING: Readonly<Record<JobState, string>> = {
  scheduled: 'Scheduled',
  running: 'Running',
  ready: 'Ready',
  failed: 'Failed',
  cancelled: 'Cancelled',
};
