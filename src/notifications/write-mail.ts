import type { Links } from '../expiry/links.js';
import type { Job } from '../jobs/job.js';
import type { Notice } from '../jobs/notice.js';
import { failureWording, shortfallWording } from '../jobs/wording.js';
import type { MailContent } from './mail-content.js';
import { durationText, momentText, sizeText, utcText } from './moment-text.js';
import { quotedQuery } from './quoted-query.js';

/** A start is called late from here on, in milliseconds. */
const LATE_FROM_MS = 60_000;

/** What the mail for `notice` says about its job as it is now. */
export function writeMail(notice: Notice, job: Job, links: Links): MailContent {
  const footer = footerOf(notice.recipient.address, links);
  if (notice.slot === 'start') return { ...startMail(job, links), footer };
  if (notice.slot === 'end') return { ...endMail(job, links), footer };
  return { ...errorMail(job, links), footer };
}

type Body = Omit<MailContent, 'footer'>;

function startMail(job: Job, links: Links): Body {
  const query = quotedQuery(job.request.query);
  return {
    subject: `Collecting images of ${query}`,
    headline: 'Your image job has started',
    paragraphs: [
      `We are now collecting ${imagesOf(job.request.count)} for ${query}. You can close everything: a second mail comes with the download link as soon as the zip is ready.`,
      ...lateness(job),
    ],
    facts: [...askedFacts(job), ...startedFact(job)],
    button: { label: 'Watch the progress', url: links.jobPage(job.id) },
    note: 'This page is yours: whoever has its address can cancel the job.',
    list: null,
    links: [],
  };
}

function endMail(job: Job, links: Links): Body {
  const query = quotedQuery(job.request.query);
  const { delivered, request, shortfall, expiresAt } = job;
  const isShort = delivered < request.count;
  return {
    subject: isShort
      ? `${delivered} of ${request.count} images of ${query} are ready`
      : `Your ${imagesOf(delivered)} of ${query} ${delivered === 1 ? 'is' : 'are'} ready`,
    headline: isShort ? `${delivered} of ${imagesOf(request.count)} are ready` : 'Your images are ready',
    paragraphs: [
      isShort
        ? `We found ${delivered} good ${delivered === 1 ? 'image' : 'images'} of the ${request.count} you asked for with ${query}. They are packed into one zip.`
        : `All ${imagesOf(delivered)} for ${query} are packed into one zip, with a list of where each one comes from.`,
    ],
    facts: [
      ...askedFacts(job),
      ['Delivered', imagesOf(delivered)],
      ...(job.archive === null ? [] : [['Size', sizeText(job.archive.bytes)] as const]),
      ...(expiresAt === null ? [] : expiryFacts(expiresAt, request.timeZone)),
    ],
    button: { label: 'Download the images', url: links.download(job.id) },
    note: 'The link works as often as you like until it expires; then the images and everything about this job are deleted. You may share it.',
    list: shortfallList(shortfall),
    links: [{ label: 'Your job page (extend or delete)', url: links.jobPage(job.id) }],
  };
}

function errorMail(job: Job, links: Links): Body {
  const query = quotedQuery(job.request.query);
  const { what, next } = failureWording(job.cause?.code ?? 'internal.unexpected');
  return {
    subject: `No images of ${query} this time`,
    headline: 'Your image job did not work out',
    paragraphs: [what, next],
    facts: [...askedFacts(job), ...startedFact(job)],
    button: { label: 'Try again with the same request', url: links.again(job.request) },
    note: 'Opens the form filled in as before; nothing starts until you send it. The link works for 30 days.',
    list: shortfallList(job.shortfall),
    links: [{ label: 'Your job page', url: links.jobPage(job.id) }],
  };
}

function askedFacts({ request }: Job): [string, string][] {
  const filters = Object.entries(request.filters).map(([name, value]): [string, string] => [name, value]);
  return [
    ['Query', request.query],
    ['Asked for', imagesOf(request.count)],
    ['Time', momentText(request.dueAt, request.timeZone)],
    ...filters,
  ];
}

function startedFact({ startedAt, request }: Job): [string, string][] {
  return startedAt === null ? [] : [['Started', momentText(startedAt, request.timeZone)]];
}

function expiryFacts(expiresAt: number, timeZone: string): [string, string][] {
  const local: [string, string] = ['Link expires', momentText(expiresAt, timeZone)];
  return timeZone === 'UTC' ? [local] : [local, ['', utcText(expiresAt)]];
}

function lateness({ startedAt, request }: Job): string[] {
  const lateMs = (startedAt ?? request.dueAt) - request.dueAt;
  if (lateMs < LATE_FROM_MS) return [];
  return [
    `That is ${durationText(lateMs)} later than you asked for, because the service was not running or was busy at that time.`,
  ];
}

function shortfallList(shortfall: Job['shortfall']): MailContent['list'] {
  if (shortfall.length === 0) return null;
  const items = shortfall.map(({ reason, count }) => `${count} × ${shortfallWording(reason)}`);
  return { title: 'What could not be used', items };
}

function footerOf(address: string, links: Links): MailContent['footer'] {
  return {
    reason: 'You get this mail because this address was entered for an image job.',
    home: { label: 'Image Job', url: links.home() },
    never: { label: 'Never mail me again', url: links.neverMail(address) },
  };
}

function imagesOf(count: number): string {
  return count === 1 ? '1 image' : `${count} images`;
}
