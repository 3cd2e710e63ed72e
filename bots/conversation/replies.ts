import { durationText } from '../../src/jobs/wording/amount-text.js';
import type { Instant } from '../../src/jobs/clock.port.js';
import type { FailureCode } from '../../src/jobs/failure-codes.js';
import { engineList, filterPhrases, outputPhrases } from '../../src/jobs/wording/filter-wording.js';
import type { Job, JobRequest } from '../../src/jobs/job.js';
import { askedTexts, inOneLine } from '../../src/jobs/wording/query-reports.js';
import { fullMinute } from '../../src/jobs/wording/moment-text.js';
import { failureWording } from '../../src/jobs/wording/wording.js';
import type { Problem } from '../../src/validation/problem.js';
import { progressText, whatOf } from '../notices/job-messages.js';
import { FILTER_WORDS } from './field-words.js';
import { type Line, type Reply, textReply } from './reply.js';

/** A job for its asker. */
export interface OwnJob {
  readonly job: Job;
  /** Address of the job page, for the asker only. */
  readonly page: string;
}

/** Facts that the confirmation of a request mentions besides the request. */
export interface Asides {
  /** Clocks show the start time twice that day. */
  readonly isFirstOfTwo: boolean;
  /** A first mail asks the e-mail address before any notice. */
  readonly asksToConfirm: boolean;
  /** No mail server is set, so no notice leaves by e-mail. */
  readonly lacksMailServer: boolean;
}

/** Confirms a request, for the asker only. */
export function understoodReply(
  { job, page }: OwnJob,
  { isFirstOfTwo, asksToConfirm, lacksMailServer }: Asides,
): Reply {
  const { request, dueAt } = job;
  const start: Line = request.startsNow
    ? ['Collecting ', { bold: whatOf(job) }, ' now.']
    : ['I will collect ', { bold: whatOf(job) }, ' on ', { at: dueAt, timeZone: request.timeZone }, '.'];
  const doubled: Line = ['Clocks show this time twice that day; the first of the two is meant.'];
  const asked: Line = ['If the e-mail address has not been confirmed here, a first mail asks for it.'];
  return {
    lines: [
      start,
      ...searchesOf(request),
      ...(isFirstOfTwo ? [doubled] : []),
      ...wishesOf(request),
      ...toldByEmail(request, lacksMailServer),
      ...(asksToConfirm && !lacksMailServer ? [asked] : []),
      [
        'Follow it on your ',
        { label: 'job page', url: page },
        '. Whoever has its address can cancel the job.',
      ],
    ],
    buttons: [
      ...(request.startsNow ? [] : [{ label: 'Start now', action: 'start', jobId: job.id } as const]),
      { label: 'Cancel', action: 'cancel', jobId: job.id },
      { label: 'Open', url: page },
    ],
  };
}

/** The searches of a list, so that its asker sees how it was read. */
function searchesOf(request: JobRequest): Line[] {
  const texts = askedTexts(request);
  return texts.length === 0 ? [] : [[inOneLine(texts)]];
}

/** Filters, output and engines of a request. */
function wishesOf({ filters, output = {}, engines }: JobRequest): Line[] {
  const only = [...filterPhrases(filters), ...outputPhrases(output)];
  return [
    ...(only.length === 0 ? [] : [[`Only: ${only.join(', ')}`]]),
    ...(engines.length === 0 ? [] : [[`Searched with: ${engineList(engines)}`]]),
  ];
}

function toldByEmail({ recipients }: JobRequest, lacksMailServer: boolean): Line[] {
  const emails = recipients.filter(({ channel }) => channel === 'email').map(({ address }) => address);
  if (emails.length === 0) return [];
  if (!lacksMailServer) return [[`Also told by e-mail: ${emails.join(', ')}`]];
  return [[`E-mail: ${emails.join(', ')}. No mail server is set here, so no mail is sent.`]];
}

/** The problems of a request, and an example of a good request. */
export function problemsReply(problems: readonly Problem[]): Reply {
  const lines = problems.map(({ message }): Line => [message]);
  return textReply(...lines, ['For example: /images red panda 100 tomorrow 9am. More: /images help']);
}

/** The filters that can be typed as words in any search. */
export const FILTERS_HELP = `Filters, anywhere behind the search: ${FILTER_WORDS}. Also email:you@example.org.`;

/** Explains the command. */
export function helpReply(maxImages: number): Reply {
  const query = ` – what, how many (1 to ${maxImages}) and when; only the first is needed`;
  return textReply(
    [{ bold: 'Image Job collects images and gives you one zip.' }],
    [{ bold: '/images red panda 100 tomorrow 9am' }, query],
    [{ bold: '/images "blink 182" 40 in 2 hours' }, ' – quotes keep numbers in the search'],
    [{ bold: '/images red panda size:large type:photo licence:reuse' }, ' – only such images'],
    [{ bold: '/images' }, ' – opens a form; more lines in its search field are a list of searches'],
    [{ bold: '/images list' }, ' – your open jobs'],
    [{ bold: '/images cancel (address of the job page)' }, ' – stops a job, wherever it was asked for'],
    [FILTERS_HELP],
    [
      'Times: now, in 2 hours, tomorrow 9am, 2026-12-24 18:00. Your own time zone counts, or the one you end with, like 9am Europe/Vienna.',
    ],
  );
}

/** The open jobs of the asker, for the asker only. */
export function listReply(jobs: readonly OwnJob[]): Reply {
  if (jobs.length === 0) return textReply(['You have no open jobs. Start one with /images.']);
  const title = jobs.length === 1 ? 'Your open job' : `Your ${jobs.length} open jobs`;
  const lines = jobs.map(({ job, page }): Line => {
    const at = { at: job.dueAt, timeZone: job.request.timeZone };
    const state: Line = job.state === 'scheduled' ? [' – starts ', at] : [` – ${progressText(job)}`];
    return ['• ', { label: whatOf(job), url: page }, ...state];
  });
  return textReply([{ bold: title }], ...lines);
}

/** Confirms a cancellation, for the person who pressed. */
export function cancelledReply(job: Job): Reply {
  return textReply(['Cancelled: ', { bold: whatOf(job) }, '.']);
}

/** Confirms that a scheduled job starts at once, for the person who pressed. */
export function startedReply(job: Job): Reply {
  return textReply(['Starting now: ', { bold: whatOf(job) }, '.']);
}

/** Confirms a deletion, for the person who pressed. */
export function deletedReply(job: Job): Reply {
  return textReply(['Deleted: ', { bold: whatOf(job) }, '. Nothing of this job is left.']);
}

/** Confirms a retry, for the person who pressed. */
export function retriedReply({ job, page }: OwnJob): Reply {
  return textReply([
    'Trying again: ',
    { bold: whatOf(job) },
    '. Follow it on your ',
    { label: 'job page', url: page },
    '.',
  ]);
}

/** Confirms a job that goes on after another one, for the person who pressed. */
export function wentOnReply({ job, page }: OwnJob): Reply {
  return textReply([
    'Collecting ',
    { bold: whatOf(job) },
    ', none of them again. Follow it on your ',
    { label: 'job page', url: page },
    '.',
  ]);
}

/** Links the form with an earlier request, for the person who pressed. */
export function changeReply(form: string): Reply {
  return textReply([
    { label: 'Your earlier request is filled in here', url: form },
    '. Change what you like and send it.',
  ]);
}

/** Refuses a pressed button. */
export function notYoursReply(): Reply {
  return textReply(['Only the person who asked for this job, or an admin, can do that.']);
}

/** Refuses a text that is not the address of a job page. */
export function noSuchAddressReply(): Reply {
  return textReply(['That is not the address of a job page. Copy it whole; it looks like https://…/jobs/….']);
}

/** Refuses a request over the limit; the next is accepted at `at`, `waitMs` from now. */
export function limitedReply(waitMs: number, at: Instant, timeZone: string): Reply {
  const wait = durationText(Math.max(waitMs, 60_000));
  return textReply([
    `That is a lot of jobs for now. Please try again in ${wait}: `,
    { at: fullMinute(at), timeZone },
    '.',
  ]);
}

/** Reports a failure. */
export function failureReply(code: FailureCode): Reply {
  const { what, next } = failureWording(code);
  return textReply([`${what} ${next}`]);
}

/** Reports that the form could not be opened. */
export function formFailedReply(): Reply {
  return textReply([
    'The form could not be opened just now. Write it instead: /images red panda 100 tomorrow 9am',
  ]);
}
