import { formatBytes, formatDuration, maskAddress, plural } from '../../../src/web/pages/format.js';

describe('words on pages', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [18_300_000, '18.3 MB'],
    [123_456_789, '123 MB'],
    [2e9, '2.0 GB'],
  ])('says %d bytes as %s', (bytes, words) => {
    expect(formatBytes(bytes)).toBe(words);
  });

  it.each([
    [-5, '0 seconds'],
    [1000, '1 second'],
    [61_000, '1 minute 1 second'],
    [3_600_000, '1 hour'],
    [7_503_000, '2 hours 5 minutes'],
    [90_000_000, '1 day 1 hour'],
    [86_400_000 + 60_000, '1 day'],
  ])('says %d ms as %s', (durationMs, words) => {
    expect(formatDuration(durationMs)).toBe(words);
  });

  it('shows only enough of an address for its owner', () => {
    expect(maskAddress('ana.lopez@example.org')).toBe('a…@example.org');
    expect(plural(1, 'image')).toBe('1 image');
    expect(plural(1200, 'image')).toBe('1,200 images');
  });
});
