import { countText, sizeText } from '../../jobs/wording/amount-text.js';
import { engineReportTexts } from '../../jobs/wording/engine-wording.js';
import type { Links } from '../../expiry/links.js';
import type { Job } from '../../jobs/job.js';
import type { MailBody } from './mail-content.js';
import { askedFacts, engineReports, type Fact, searchResults, shortfallList } from './mail-facts.js';
import { momentText, utcText } from '../../jobs/wording/moment-text.js';
import { whatText } from '../../jobs/wording/what-text.js';

type Told = Pick<MailBody, 'subject' | 'headline' | 'paragraphs'>;

/** Announces the images and the expiry of their link. */
export function endMail(job: Job, links: Links): MailBody {
  const { delivered, request } = job;
  const query = whatText(request);
  return {
    ...(delivered < request.count ? fewer(delivered, request.count, query) : all(delivered, query)),
    facts: [
      ...askedFacts(job),
      ['Delivered', countText(delivered, 'image')],
      ...sizeFact(job),
      ...expiryFacts(job),
    ],
    button: { label: 'Download the images', url: links.download(job.id) },
    note: 'The link works as often as you like until it expires; then the images and everything about this job are deleted. You may share it.',
    lists: [
      ...searchResults(job),
      ...shortfallList('Why there are fewer', job.shortfall),
      ...engineReports(engineReportTexts(job)),
    ],
    links: [{ label: 'Your job page (missing or next images, extend, delete)', url: links.jobPage(job.id) }],
  };
}

function all(delivered: number, query: string): Told {
  const [images, are] = delivered === 1 ? ['1 image', 'is'] : [`${delivered} images`, 'are'];
  return {
    subject: `Your ${images} of ${query} ${are} ready`,
    headline: delivered === 1 ? 'Your image is ready' : 'Your images are ready',
    paragraphs: [
      `${delivered === 1 ? images : `All ${images}`} for ${query} ${are} packed into one zip, with a list of where each one comes from.`,
    ],
  };
}

function fewer(delivered: number, asked: number, query: string): Told {
  return {
    subject: `${delivered} of ${asked} images of ${query} are ready`,
    headline: `${delivered} of ${asked} images are ready`,
    paragraphs: [
      `We found ${delivered} good ${delivered === 1 ? 'image' : 'images'} of the ${asked} you asked for with ${query}. What there is has been packed into one zip, with a list of where each one comes from.`,
    ],
  };
}

function sizeFact({ archive }: Job): Fact[] {
  return archive === null ? [] : [['Size', sizeText(archive.bytes)]];
}

function expiryFacts({ expiresAt, request: { timeZone } }: Job): Fact[] {
  if (expiresAt === null) return [];
  const local: Fact = ['Link expires', momentText(expiresAt, timeZone)];
  return timeZone === 'UTC' ? [local] : [local, ['', utcText(expiresAt)]];
}
