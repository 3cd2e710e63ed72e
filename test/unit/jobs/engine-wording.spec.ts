import { engineReportText } from '../../../src/jobs/engine-wording.js';

const REPORT = { engine: 'bing', found: 35, kept: 20, end: null } as const;

describe('the words for what an engine gave', () => {
  it.each([
    [REPORT, 'Bing: 20 kept of 35 found'],
    [{ ...REPORT, end: 'exhausted' }, 'Bing: 20 kept of 35 found. It has no more results.'],
    [{ ...REPORT, found: 0, kept: 0, end: 'exhausted' }, 'Bing: It found nothing.'],
    [
      { ...REPORT, found: 0, kept: 0, end: 'source.blocked' },
      'Bing: The search engine refused automatic requests from here for the time being.',
    ],
  ] as const)('say %j', (report, text) => {
    expect(engineReportText(report)).toBe(text);
  });
});
