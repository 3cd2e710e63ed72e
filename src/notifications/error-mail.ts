import type { Links } from '../expiry/links.js';
import type { Job } from '../jobs/job.js';
import { failureWording } from '../jobs/wording.js';
import type { MailBody } from './mail-content.js';
import { askedFacts, engineReports, shortfallList, startedFact } from './mail-facts.js';
import { quotedQuery } from '../jobs/quoted-query.js';

/** Says why a job failed and what to do now. */
export function errorMail(job: Job, links: Links): MailBody {
  const { what, next } = failureWording(job.cause?.code ?? 'internal.unexpected');
  return {
    subject: `No images of ${quotedQuery(job.request.query)} this time`,
    headline: 'Your image job did not work out',
    paragraphs: [what, next],
    facts: [...askedFacts(job), ...startedFact(job)],
    button: { label: 'Try again with the same request', url: links.again(job.request) },
    note: 'Opens the form filled in as before; nothing starts until you send it. The link works for 30 days.',
    lists: [...shortfallList('What was in the way', job.shortfall), ...engineReports(job)],
    links: [{ label: 'Your job page', url: links.jobPage(job.id) }],
  };
}
