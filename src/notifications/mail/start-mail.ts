import { countText, durationText } from '../../jobs/wording/amount-text.js';
import type { Links } from '../../expiry/links.js';
import type { Job } from '../../jobs/job.js';
import { isBroughtForward } from '../../jobs/job-steps.js';
import type { MailBody } from './mail-content.js';
import { askedFacts, askedSearches, startedFact } from './mail-facts.js';
import { whatText } from '../../jobs/wording/what-text.js';

/** A start is late from this delay on, in milliseconds. */
const LATE_FROM_MS = 60_000;

/** Announces the start of a job. */
export function startMail(job: Job, links: Links): MailBody {
  const query = whatText(job.request);
  return {
    subject: `Collecting images of ${query}`,
    headline: 'Your image job has started',
    paragraphs: [
      `We are now collecting ${countText(job.request.count, 'image')} for ${query}. You can close everything: a second mail comes with the download link as soon as the zip is ready.`,
      ...lateness(job),
    ],
    facts: [...askedFacts(job), ...startedFact(job)],
    button: { label: 'Watch the progress', url: links.jobPage(job.id) },
    note: 'This page is yours: whoever has its address can cancel the job.',
    lists: askedSearches(job),
    links: [],
  };
}

function lateness(job: Job): string[] {
  const { startedAt, request } = job;
  if (isBroughtForward(job)) return ['That is earlier than scheduled: somebody pressed “Start now”.'];
  const lateMs = (startedAt ?? request.dueAt) - request.dueAt;
  if (lateMs < LATE_FROM_MS) return [];
  return [
    `That is ${durationText(lateMs)} later than you asked for, because the service was not running or was busy at that time.`,
  ];
}
