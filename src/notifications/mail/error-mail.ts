import type { Links } from '../../expiry/links.js';
import { type FailureReport, failureReport, nextText } from '../../jobs/wording/failure-report.js';
import type { Job, JobRequest } from '../../jobs/job.js';
import { whatText } from '../../jobs/wording/what-text.js';
import type { MailBody } from './mail-content.js';
import { askedFacts, engineReports, searchResults, shortfallList, startedFact } from './mail-facts.js';

/** Explains the failure of a job and the next step. */
export function errorMail(job: Job, links: Links): MailBody {
  const { request } = job;
  const report = failureReport(job);
  return {
    subject: `No images of ${whatText(request)} this time`,
    headline: 'Your image job did not work out',
    paragraphs: [report.what, nextText(report, request.timeZone)],
    facts: [...askedFacts(job), ...startedFact(job)],
    button: againButton(request, report, links),
    note: `Opens the form filled in as before${report.askAgain === null ? '' : ', with that time'}; nothing starts until you send it. The link works for 30 days.`,
    lists: [
      ...searchResults(job),
      ...shortfallList('What was in the way', report.rejections),
      ...engineReports(report.engines),
    ],
    links: [{ label: 'Your job page', url: links.jobPage(job.id) }],
  };
}

/** If waiting helps, the form is filled in with the time from which it does. */
function againButton(request: JobRequest, { askAgain }: FailureReport, links: Links): MailBody['button'] {
  if (askAgain === null) return { label: 'Try again with the same request', url: links.again(request) };
  const later = { ...request, dueAt: askAgain.at, startsNow: false };
  return { label: 'Ask again at that time', url: links.again(later) };
}
