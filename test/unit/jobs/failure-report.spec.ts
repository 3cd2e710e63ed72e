import type { EngineName } from '../../../src/engines/engines.js';
import type { FailureCode } from '../../../src/jobs/failure-codes.js';
import { failureReport, nextText } from '../../../src/jobs/wording/failure-report.js';
import { type EngineReport, type Job, NO_PROGRESS } from '../../../src/jobs/job.js';
import { newJob } from '../../../src/jobs/job-steps.js';
import { sampleJob } from '../../support/sample-jobs.js';

const AT = Date.UTC(2026, 10, 24, 9, 15);

function failed(code: FailureCode, engines: readonly EngineReport[], changes: Partial<Job> = {}): Job {
  const job = newJob(sampleJob('failed', AT));
  const cause = { code, context: {} };
  return { ...job, state: 'failed', cause, progress: { ...NO_PROGRESS, engines }, ...changes };
}

const ended = (engine: EngineName, end: FailureCode | 'exhausted', restsUntil?: number): EngineReport => ({
  engine,
  found: 0,
  kept: 0,
  end,
  ...(restsUntil === undefined ? {} : { restsUntil }),
});

describe('why a job failed', () => {
  it('names a single engine, and the minute from which it can be asked again', () => {
    const report = failureReport(failed('source.blocked', [ended('bing', 'source.blocked', AT + 1)]));
    expect(report.what).toBe(
      'The search engine refused automatic requests from here for the time being (Bing).',
    );
    expect(report.engines).toEqual([]);
    expect(report.askAgain).toEqual({ at: AT + 60_000, lead: 'It can be asked again from' });
    expect(nextText(report, 'Asia/Tokyo')).toBe(
      'It can be asked again from Tue 24 November 2026, 18:16 GMT+9 (Asia/Tokyo).',
    );
  });

  it('words the same failure of all engines once', () => {
    const engines = [
      ended('google', 'source.left_alone', AT),
      ended('bing', 'source.left_alone', AT - 30_000),
    ];
    const report = failureReport(failed('source.left_alone', engines));
    expect(report.what).toBe(
      'A short while ago the search engines refused or could not be read, so they are left alone for now (Google, Bing).',
    );
    expect(report.engines).toEqual([]);
    expect(report.askAgain).toEqual({ at: AT, lead: 'They can be asked again from' });
  });

  it('words different failures of engines separately', () => {
    const engines = [
      ended('google', 'source.blocked', AT + 3_600_000),
      ended('bing', 'source.left_alone', AT),
      ended('openverse', 'exhausted'),
    ];
    const report = failureReport(failed('source.blocked', engines));
    expect(report.what).toBe('None of the search engines gave any images.');
    expect(report.engines).toHaveLength(3);
    expect(report.askAgain).toEqual({ at: AT, lead: 'Bing can be asked again from' });
  });

  it.each([
    ['one of them may be asked at once', 'source.unreachable', [ended('bing', 'source.unreachable')]],
    ['none of them rests', 'source.cannot_filter', [ended('bing', 'source.cannot_filter')]],
    ['they have new pages', 'source.layout_changed', [ended('bing', 'source.layout_changed', AT)]],
  ] as const)('knows nothing to wait for if %s', (_where, code, engines) => {
    const report = failureReport(failed(code, engines));
    expect(report.askAgain).toBeNull();
    expect(nextText(report, 'UTC')).toBe(report.next);
  });

  it('words other failures as usual, and reports each engine', () => {
    const engines = [{ engine: 'bing', found: 9, kept: 3, leftOut: 2, end: 'source.blocked' }] as const;
    const progress = { ...NO_PROGRESS, found: 9, kept: 3, engines };
    const shortfall = [
      { reason: 'source.blocked', count: 3 },
      { reason: 'timeout', count: 2 },
    ] as const;
    const report = failureReport(failed('disk.full', engines, { progress, shortfall }));
    expect(report.what).toContain('no space left');
    expect(report.engines).toEqual([expect.stringMatching(/^Bing: 3 kept, 2 left out/)]);
    expect(report.rejections).toEqual([{ reason: 'timeout', count: 2 }]);
    expect(report.askAgain).toBeNull();
  });
});
