import { durationText, momentText, sizeText, utcText } from '../../../src/jobs/moment-text.js';

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

describe('durationText', () => {
  it.each([
    [59_999, 'less than a minute'],
    [60_000, '1 minute'],
    [3_600_000 + 120_000, '1 hour 2 minutes'],
    [90_000_000 + 60_000, '1 day 1 hour'],
    [172_800_000, '2 days'],
  ])('says %i ms as %s', (durationMs, expected) => {
    expect(durationText(durationMs)).toBe(expected);
  });
});

describe('sizeText', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [48_312_334, '48 MB'],
    [1_234_567_890, '1.2 GB'],
  ])('says %i bytes as %s', (bytes, expected) => {
    expect(sizeText(bytes)).toBe(expected);
  });
});
