import { formatMoment, maskAddress } from '../../../src/web/pages/format.js';

describe('words on pages', () => {
  it('show only enough of an address for its owner', () => {
    expect(maskAddress('ana.lopez@example.org')).toBe('a…@example.org');
  });

  it('show a moment in its zone', () => {
    const moment = Date.UTC(2026, 10, 24, 23, 5);
    expect(formatMoment(moment, 'UTC')).toBe('Tue, 24 Nov 2026, 23:05');
    expect(formatMoment(moment, 'Asia/Tokyo')).toBe('Wed, 25 Nov 2026, 08:05');
  });
});
