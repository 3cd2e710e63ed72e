import { newJob } from '../../../src/jobs/job-steps.js';
import type { Job } from '../../../src/jobs/job.js';
import {
  askedTexts,
  inOneLine,
  queryReports,
  queryReportText,
  shortfallByReason,
} from '../../../src/jobs/wording/query-reports.js';
import { sampleListJob } from '../../support/sample-lists.js';
import { sampleJob } from '../../support/sample-jobs.js';

describe('the results of several searches', () => {
  it('are in the order of the request, each with its own reasons', () => {
    const reports = queryReports(sampleListJob());
    expect(reports.map(queryReportText)).toEqual([
      'red panda: 3',
      'bears: 1 of 4 (2 × the search had no more results, 1 × site did not answer in time)',
      'owl: 0 of 2',
    ]);
    expect(reports.map(({ untried }) => untried)).toEqual(['not needed', 'not tried', 'not tried']);
    expect(reports.map(({ delivered }) => delivered)).toEqual([3, 1, 0]);
  });

  it('are known as wanted numbers before the start', () => {
    expect(askedTexts(sampleListJob().request)).toEqual(['red panda: 3', 'bears: 4', 'owl: 2']);
  });

  it('do not exist for a job of one search', () => {
    const job: Job = newJob(sampleJob('one', 0));
    expect([queryReports(job), askedTexts(job.request)]).toEqual([[], []]);
  });

  it('have one sum for each reason', () => {
    const shortfall = [
      { reason: 'timeout', count: 1 },
      { reason: 'search_exhausted', count: 2, query: 1 },
      { reason: 'search_exhausted', count: 3, query: 2 },
    ] as const;
    expect(shortfallByReason(shortfall)).toEqual([
      { reason: 'search_exhausted', count: 5 },
      { reason: 'timeout', count: 1 },
    ]);
    expect(shortfallByReason(shortfall.slice(0, 1))).toEqual([{ reason: 'timeout', count: 1 }]);
  });

  it('fit into one line of a chat', () => {
    const texts = Array.from({ length: 50 }, (_none, index) => `${index} ${'n'.repeat(98)}`);
    expect(inOneLine(texts)).toMatch(/, 7 n+ and 42 more$/);
    expect(inOneLine(texts.slice(0, 2))).toBe(texts.slice(0, 2).join(', '));
  });
});
