import { progressLine } from '../../../src/cli/progress-line.js';
import { type Job, NO_PROGRESS, type Progress } from '../../../src/jobs/job.js';
import { newJob } from '../../../src/jobs/job-steps.js';
import { sampleListJob } from '../../support/sample-lists.js';
import { sampleJob } from '../../support/sample-jobs.js';

const PROGRESS: Progress = {
  found: 1234,
  kept: 250,
  rejected: { timeout: 30, near_duplicate: 7 },
  bytes: 123_456_789,
  engines: [],
};

function jobWith(changes: Partial<Job> = {}): Job {
  const job = newJob(sampleJob('bar', 0, { query: '熊猫 🐼 \u001B[31m', count: 500 }));
  return { ...job, state: 'running', stage: 'downloading', progress: PROGRESS, ...changes };
}

describe('the progress of a job', () => {
  it('is a bar with all numbers if there is room', () => {
    expect(progressLine(jobWith(), 100)).toBe(
      'downloading [##############--------------] 250/500, 37 left out, 1234 found, 123 MB',
    );
  });

  it('names the search that runs, of several', () => {
    const { request, progress } = sampleListJob();
    const queries = progress.queries?.map((one, index) =>
      index < 2 ? { ...one, engines: progress.engines } : one,
    );
    const job = jobWith({ request, progress: { ...progress, queries: queries ?? [] } });
    expect(progressLine(job, null)).toBe(
      'downloading 4/9, search 2 of 3 (bears), 1 left out, 7 found, 1.0 MB',
    );
    const start = jobWith({ request, progress: NO_PROGRESS });
    expect(progressLine(start, null)).toContain(' 0/9, search 1 of 3 (red panda), ');
  });

  it('is a line without a bar in a file', () => {
    expect(progressLine(jobWith(), null)).toBe('downloading 250/500, 37 left out, 1234 found, 123 MB');
  });

  it('never reaches the last column, and never cuts a number', () => {
    const numbers = new Set(['250/500', '37', '1234', '123']);
    for (let columns = 1; columns <= 200; columns += 1) {
      const line = progressLine(jobWith(), columns);
      expect(line.length).toBeLessThan(columns);
      expect((line.match(/\d[\d/]*/g) ?? []).filter((number) => !numbers.has(number))).toEqual([]);
    }
  });

  it.each([
    [40, 'downloading [########---------] 250/500'],
    [22, 'downloading 250/500'],
    [12, '250/500'],
    [7, ''],
  ])('in %i columns is %j', (columns, line) => {
    expect(progressLine(jobWith(), columns)).toBe(line);
  });

  it.each([40, 80, 200])('is ASCII for any query, in %i columns', (columns) => {
    expect(progressLine(jobWith(), columns)).toMatch(/^[ -~]+$/);
  });

  it('shows a full bar when all images are kept, and never more', () => {
    const job = jobWith({ stage: 'zipping', progress: { ...PROGRESS, kept: 501 } });
    expect(progressLine(job, 100)).toContain(`zipping     [${'#'.repeat(28)}] 500/500`);
  });

  it('says that a job tries again', () => {
    const job = jobWith({ state: 'scheduled', stage: null, attempts: 1 });
    expect(progressLine(job, null)).toMatch(/^tries again 250/);
  });
});
