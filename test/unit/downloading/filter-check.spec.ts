import sharp, { type Sharp } from 'sharp';
import { assertMeets } from '../../../src/downloading/judging/filter-check.js';
import { hasColour } from '../../../src/imaging/similarity/colours.js';
import type { Filters } from '../../../src/jobs/request/filters.js';
import { choicesOf } from '../../../src/jobs/request/request-fields.js';

function viewOf(image: Sharp): Promise<Buffer> {
  return image.resize(64, 64, { fit: 'fill' }).toColourspace('srgb').ensureAlpha().raw().toBuffer();
}

const plain = (background: string, alpha = 1): Sharp =>
  sharp({ create: { width: 64, height: 64, channels: 4, background } }).ensureAlpha(alpha);

const GREY_VIEW = await viewOf(plain('#888'));

function missed(filters: Filters, width: number, height: number, frames = 1): string | null {
  const file = { sha256: '', format: 'png', width, height, bytes: 1, fingerprint: '' } as const;
  try {
    assertMeets({ file, width, height, frames, miniature: GREY_VIEW }, filters);
    return null;
  } catch (error) {
    expect(error).toMatchObject({ reason: 'filter_mismatch' });
    return (error as { detail: string }).detail;
  }
}

describe('assertMeets', () => {
  it.each([
    [{}, 10, 10, null],
    [{ size: 'small' }, 499, 300, null],
    [{ size: 'small' }, 500, 300, 'size'],
    [{ size: 'medium' }, 300, 1023, null],
    [{ size: 'large' }, 1024, 10, null],
    [{ size: 'large' }, 1023, 1023, 'size'],
    [{ minWidth: 800 }, 800, 1, null],
    [{ minWidth: 800, minHeight: 600 }, 900, 599, 'minHeight'],
    [{ exactWidth: 1920, exactHeight: 1080 }, 1920, 1080, null],
    [{ exactWidth: 1920, exactHeight: 1080 }, 1080, 1920, 'exactWidth'],
    [{ aspect: 'square' }, 109, 100, null],
    [{ aspect: 'square' }, 115, 100, 'aspect'],
    [{ aspect: 'wide' }, 115, 100, null],
    [{ aspect: 'tall' }, 100, 115, null],
    [{ aspect: 'tall' }, 115, 100, 'aspect'],
    [{ aspect: 'panoramic' }, 200, 100, null],
    [{ aspect: 'panoramic' }, 199, 100, 'aspect'],
    [{ fileType: 'png' }, 1, 1, null],
    [{ fileType: 'jpeg' }, 1, 1, 'fileType'],
    [{ type: 'animated' }, 1, 1, 'type'],
    [{ type: 'photo' }, 1, 1, null],
    [{ color: 'gray' }, 1, 1, null],
    [{ color: 'color' }, 1, 1, 'color'],
  ] as const)('checks %j against %i × %i', (filters, width, height, name) => {
    expect(missed(filters, width, height)).toBe(name);
  });

  it('counts moving images as animated', () => expect(missed({ type: 'animated' }, 1, 1, 2)).toBeNull());
});

describe('hasColour', () => {
  const NAMED = {
    red: '#d01818',
    orange: '#f58a1c',
    yellow: '#f4e01e',
    green: '#2fa03a',
    teal: '#189c9c',
    blue: '#2050d0',
    purple: '#8030c0',
    pink: '#f060b0',
    white: '#fbfbfb',
    black: '#101010',
    brown: '#7a4a20',
  } as const;

  it.each(Object.entries(NAMED))('calls %s what people call so', async (name, background) => {
    const view = await viewOf(plain(background));
    expect(choicesOf('color').filter((color) => hasColour(view, color))).toContain(name);
  });

  it.each([
    ['red', '#2050d0'],
    ['green', '#d01818'],
    ['white', '#7a4a20'],
    ['blue', '#f4e01e'],
    ['black', '#fbfbfb'],
  ] as const)('does not call anything else %s', async (name, background) => {
    expect(hasColour(await viewOf(plain(background)), name)).toBe(false);
  });

  it('detects transparency', async () => {
    const half = await viewOf(plain('#00000000'));
    expect(hasColour(half, 'transparent')).toBe(true);
    expect(hasColour(GREY_VIEW, 'transparent')).toBe(false);
  });
});
