import { momentText, utcText } from '../../../src/jobs/wording/moment-text.js';

describe('momentText', () => {
  it.each([
    ['Europe/Vienna', 'Sun 29 March 2026, 03:00 CEST (Europe/Vienna)'],
    ['America/New_York', 'Sat 28 March 2026, 21:00 GMT-4 (America/New York)'],
    ['Asia/Kolkata', 'Sun 29 March 2026, 06:30 GMT+5:30 (Asia/Kolkata)'],
    ['UTC', 'Sun 29 March 2026, 01:00 UTC'],
  ])('says an instant in %s', (zone, expected) => {
    expect(momentText(Date.UTC(2026, 2, 29, 1), zone)).toBe(expected);
  });

  it('says midnight as 00', () => {
    expect(momentText(Date.UTC(2026, 2, 29), 'UTC')).toContain('00:00');
    expect(utcText(Date.UTC(2026, 2, 29))).toBe('29 Mar 2026, 00:00 UTC');
  });
});
