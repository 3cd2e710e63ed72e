import { countText, durationText, sizeText } from '../../../src/jobs/wording/amount-text.js';

describe('sizeText', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [18_300_000, '18.3 MB'],
    [123_456_789, '123 MB'],
    [2e9, '2.0 GB'],
    [1_234_567_890, '1.2 GB'],
  ])('says %i bytes as %s', (bytes, expected) => {
    expect(sizeText(bytes)).toBe(expected);
  });
});

describe('durationText', () => {
  it.each([
    [59_000, 'less than a minute'],
    [60_000, '1 minute'],
    [3_600_000 + 120_000, '1 hour 2 minutes'],
    [90_000_000 + 60_000, '1 day 1 hour'],
    [172_800_000, '2 days'],
  ])('says %i ms as %s', (durationMs, expected) => {
    expect(durationText(durationMs)).toBe(expected);
  });

  it.each([
    [-5, '0 seconds'],
    [1000, '1 second'],
    [61_000, '1 minute 1 second'],
    [3_600_000, '1 hour'],
    [7_503_000, '2 hours 5 minutes'],
    [90_000_000, '1 day 1 hour'],
    [86_400_000 + 60_000, '1 day'],
  ])('says %i ms to the second as %s', (durationMs, expected) => {
    expect(durationText(durationMs, 'second')).toBe(expected);
  });
});

describe('countText', () => {
  it('uses the singular for one, and separators for many', () => {
    expect(countText(1, 'image')).toBe('1 image');
    expect(countText(1200, 'image')).toBe('1,200 images');
  });
});
