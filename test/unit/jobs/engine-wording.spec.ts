import { engineReportText, wordedReport } from '../../../src/jobs/wording/engine-wording.js';

const REPORT = { engine: 'bing', found: 35, kept: 20, leftOut: 5, end: null } as const;

describe('the wording of an engine’s results', () => {
  it.each([
    [REPORT, 'not needed', 'Bing: 20 kept, 5 left out, 10 not needed'],
    [REPORT, 'not tried yet', 'Bing: 20 kept, 5 left out, 10 not tried yet'],
    [{ ...REPORT, leftOut: 0, kept: 35 }, 'not needed', 'Bing: 35 kept'],
    [
      { ...REPORT, leftOut: 15, end: 'exhausted' },
      'not tried',
      'Bing: 20 kept, 15 left out. It has no more results.',
    ],
    [{ ...REPORT, found: 0, kept: 0, leftOut: 0, end: 'exhausted' }, 'not tried', 'Bing: It found nothing.'],
    [
      { ...REPORT, found: 0, kept: 0, leftOut: 0, end: 'source.blocked' },
      'not tried',
      'Bing: The search engine refused automatic requests from here for the time being.',
    ],
  ] as const)('say %j, %s', (report, untried, text) => {
    expect(engineReportText(report, untried)).toBe(text);
  });

  it('do not word counts that an older version did not record', () => {
    const { leftOut: _leftOut, ...older } = REPORT;
    expect(engineReportText(older, 'not needed')).toBe('Bing: 20 kept, 15 more found');
  });

  it('contain the end of the pause for programs', () => {
    const report = { ...REPORT, restsUntil: Date.UTC(2026, 10, 24, 9, 15) };
    expect(wordedReport(report, 'not needed')).toEqual({
      ...REPORT,
      restsUntil: '2026-11-24T09:15:00.000Z',
      message: 'Bing: 20 kept, 5 left out, 10 not needed',
    });
    expect(wordedReport(REPORT, 'not needed')).not.toHaveProperty('restsUntil');
  });
});
