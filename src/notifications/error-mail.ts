import type { Links } from '../expiry/links.js';
import { failureReport, nextText } from '../jobs/failure-report.js';
import type { Job } from '../jobs/job.js';
import { quotedQuery } from '../jobs/quoted-query.js';
import type { MailBody } from './mail-content.js';
import { askedFacts, engineReports, shortfallList, startedFact } from './mail-facts.js';

/** Says why a job failed and what to do now. */
export function errorMail(job: Job, links: Links): MailBody {
  const { request } = job;
  const report = failureReport(job);
  return {
    subject: `No images of ${quotedQuery(request.query)} this time`,
    headline: 'Your image job did not work out',
    paragraphs: [report.what, nextText(report, request.timeZone)],
    facts: [...askedFacts(job), ...startedFact(job)],
    button: againButton(job, links),
    note: `Opens the form filled in as before${report.askAgain === null ? '' : ', with that time'}; nothing starts until you send it. The link works for 30 days.`,
    lists: [...shortfallList('What was in the way', report.rejections), ...engineReports(report.engines)],
    links: [{ label: 'Your job page', url: links.jobPage(job.id) }],
  };
}

/** Where waiting helps, the form has the time from which it does. */
function againButton(job: Job, links: Links): MailBody['button'] {
  const again = failureReport(job).askAgain;
  if (again === null) return { label: 'Try again with the same request', url: links.again(job.request) };
  const request = { ...job.request, dueAt: again.at, startsNow: false };
  return { label: 'Ask again at that time', url: links.again(request) };
}
