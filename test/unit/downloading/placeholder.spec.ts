import { plainnessOf } from '../../../src/imaging/similarity/plainness.js';
import { MINIATURE_SIDE } from '../../../src/imaging/similarity/miniature.js';
import type { ClaimedSize } from '../../../src/jobs/candidate.js';
import type { KeptFile } from '../../../src/jobs/image-record.js';
import { RepeatedFiles } from '../../../src/downloading/judging/repeated-files.js';
import type { SeenImage } from '../../../src/downloading/judging/seen-image.js';
import {
  claimFitOf,
  isDoubtful,
  placeholderRejection,
} from '../../../src/downloading/judging/placeholder.js';
import type { Plainness } from '../../../src/imaging/similarity/plainness.js';

const PHOTO = 'picture';
const size = (width: number, height: number) => ({ width, height });

function reasonFor(
  seen: readonly [number, number],
  claimed: readonly [number, number] | null,
  plainness: Plainness = PHOTO,
): string | null {
  const image = { ...size(...seen), file: { bytes: 3000 }, plainness: () => plainness };
  return placeholderRejection(image, claimed === null ? null : size(...claimed))?.reason ?? null;
}

describe('placeholderRejection', () => {
  it.each([
    ['a dot', [1, 1], null, PHOTO, 'too_small'],
    ['a line', [900, 1], null, PHOTO, 'too_small'],
    ['an icon in the place of a photo', [24, 16], [1024, 768], PHOTO, 'too_small'],
    ['an icon that claimed to be one', [24, 24], [24, 24], PHOTO, null],
    ['an icon that claimed nothing', [16, 16], null, PHOTO, null],
    ['a thumbnail in the place of a photo', [150, 84], [1920, 1080], PHOTO, 'thumbnail_instead'],
    ['a thumbnail of another shape', [150, 150], [1920, 1080], PHOTO, 'thumbnail_instead'],
    ['a preview of the same shape', [300, 200], [3000, 2000], PHOTO, 'thumbnail_instead'],
    ['a small photo of another shape', [300, 225], [3000, 2000], PHOTO, null],
    ['a photo that is much smaller than claimed', [600, 400], [3000, 2000], PHOTO, null],
    ['a photo that its site has made smaller', [2048, 1365], [6000, 4000], PHOTO, null],
    ['a small photo that is half as large as claimed', [320, 200], [640, 400], PHOTO, null],
    ['a small photo that claimed nothing', [150, 84], null, PHOTO, null],
    ['a photo that was measured before it was turned', [300, 400], [400, 300], PHOTO, null],
    ['a blank that claimed nothing', [640, 480], null, 'blank', 'placeholder'],
    ['a blank in the place of a photo', [640, 480], [1920, 1080], 'blank', 'placeholder'],
    ['a plain wallpaper that is as claimed', [1920, 1080], [1920, 1080], 'blank', null],
    ['a card in the place of a photo', [400, 400], [1920, 1080], 'card', 'placeholder'],
    ['a large drawing in the place of a photo', [1200, 1200], [1920, 1080], 'card', null],
    ['a logo that is as claimed', [400, 400], [400, 400], 'card', null],
    ['a logo that claimed nothing', [400, 400], null, 'card', null],
    ['a logo in another size', [500, 500], [1000, 1000], 'card', null],
  ] as const)('judges %s', (_what, seen, claimed, plainness, reason) => {
    expect(reasonFor(seen, claimed, plainness)).toBe(reason);
  });
});

describe('placeholderRejection with further evidence', () => {
  const card = { ...size(400, 400), file: { bytes: 3000 }, plainness: () => 'card' as const };

  it('keeps the cards of a host with many different ones', () => {
    expect(placeholderRejection(card, size(1920, 1080))?.reason).toBe('placeholder');
    expect(placeholderRejection(card, size(1920, 1080), 'its_own_card')).toBeNull();
  });

  it('keeps noise, which looks blank when small but takes many bytes', () => {
    const noise = { ...size(640, 480), file: { bytes: 150_000 }, plainness: () => 'blank' as const };
    expect(placeholderRejection(noise, size(1920, 1080))).toBeNull();
  });
});

describe('isDoubtful', () => {
  it.each([
    ['a picture as claimed', [800, 600], [800, 600], PHOTO, false],
    ['a plain one as claimed', [800, 600], [800, 600], 'blank', false],
    ['a picture a little smaller than claimed', [800, 600], [1000, 750], PHOTO, false],
    ['a plain one a little smaller than claimed', [800, 600], [1000, 750], 'card', true],
    ['a picture much smaller than claimed', [800, 600], [1600, 1200], PHOTO, true],
    ['a picture of another shape', [800, 600], [800, 800], PHOTO, true],
    ['a picture of which nothing was claimed', [800, 600], null, PHOTO, true],
  ] as const)('judges %s', (_what, seen, claimed, plainness, doubtful) => {
    const image = { ...size(...seen), file: { bytes: 3000 }, plainness: () => plainness };
    const claim: readonly [number, number] | null = claimed;
    expect(isDoubtful(image, claim === null ? null : size(...claim))).toBe(doubtful);
  });
});

describe('claimFitOf', () => {
  it.each([
    [null, 'unknown'],
    [size(800, 600), 'exact'],
    [size(808, 606), 'exact'],
    [size(600, 800), 'exact'],
    [size(1600, 1200), 'scaled'],
    [size(1600, 900), 'another_shape'],
  ])('compares 800 × 600 with %j', (claimed, fit) => expect(claimFitOf(size(800, 600), claimed)).toBe(fit));
});

describe('plainnessOf', () => {
  const colours = (tone: readonly [number, number, number]): Uint8Array =>
    Uint8Array.from({ length: MINIATURE_SIDE ** 2 * 4 }, (_byte, at) => tone[at % 4] ?? 255);
  const view = (tone: (x: number, y: number) => number): Uint8Array =>
    Uint8Array.from({ length: MINIATURE_SIDE ** 2 * 4 }, (_byte, at) => {
      const place = Math.floor(at / 4);
      return at % 4 === 3 ? 255 : tone(place % MINIATURE_SIDE, Math.floor(place / MINIATURE_SIDE));
    });

  it.each([
    ['one tone', () => 200, 'blank'],
    ['one tone with the noise of a JPEG', (x: number, y: number) => 200 + ((x * 7 + y * 3) % 4), 'blank'],
    ['a bird in a plain sky', (x: number, y: number) => (x === 31 && y === 20 ? 60 : 205), 'card'],
    ['a few words on one tone', (x: number, y: number) => (y > 28 && y < 36 && x % 3 > 0 ? 40 : 240), 'card'],
    ['a slope', (x: number, y: number) => 2 * x + y, 'picture'],
    ['stripes', (x: number) => (x % 8) * 30, 'picture'],
  ] as const)('sees %s', (_what, tone, plainness) => expect(plainnessOf(view(tone))).toBe(plainness));

  it.each([
    ['white', [255, 255, 255], 'blank'],
    ['a pale blue', [225, 235, 245], 'blank'],
    ['a strong red', [200, 30, 40], 'picture'],
    ['a deep blue', [20, 40, 160], 'picture'],
  ] as const)('sees a whole picture in %s', (_what, tone, plainness) =>
    expect(plainnessOf(colours(tone))).toBe(plainness),
  );
});

describe('RepeatedFiles', () => {
  const file: KeptFile = { sha256: 'a', format: 'jpeg', width: 400, height: 300, bytes: 1, fingerprint: '' };
  const seen = (plainness: Plainness): SeenImage => ({
    file,
    ...size(400, 300),
    frames: 1,
    miniature: new Uint8Array(),
    features: null,
    thumbnail: Buffer.alloc(0),
    plainness: () => plainness,
  });

  function isPlaceholderAgain(files: RepeatedFiles, host: string, claimed: ClaimedSize | null): boolean {
    files.noteRepeat('a', host, claimed);
    return files.isPlaceholder('a', host);
  }

  function repeated(
    plainness: Plainness,
    claims: readonly ({ width: number; height: number } | null)[],
  ): boolean[] {
    const files = new RepeatedFiles();
    const [first = null, ...others] = claims;
    files.noteFirst(seen(plainness), 'host', first);
    return others.map((claimed) => isPlaceholderAgain(files, 'host', claimed));
  }

  it('suspects a plain file that comes three times instead of pictures of other shapes', () => {
    const wide = size(1600, 900);
    expect(repeated('card', [wide, wide, wide, wide])).toEqual([false, true, true]);
  });

  it('suspects a real picture only if it comes more often', () => {
    const times = repeated(
      'picture',
      Array.from({ length: 7 }, () => size(1600, 900)),
    );
    expect(times).toEqual([false, false, true, true, true, true]);
  });

  it('recognises a host with cards as pictures because they differ', () => {
    const files = new RepeatedFiles();
    const own = ['a', 'b', 'c'].map((sha256) => {
      files.noteFirst({ ...seen('card'), file: { ...file, sha256 } }, 'host', size(1600, 900));
      return files.hasOwnCards('host');
    });
    expect(own).toEqual([false, false, true]);
    expect(files.hasOwnCards('other')).toBe(false);
  });

  it('accepts copies of the claimed size', () => {
    expect(repeated('card', [size(400, 300), size(400, 300), size(400, 300)])).toEqual([false, false]);
  });

  it('suspects files without a claim only if they are plain', () => {
    expect(repeated('picture', [null, null, null])).toEqual([false, false]);
    expect(repeated('card', [null, null, null])).toEqual([false, true]);
  });

  it('counts each host separately', () => {
    const files = new RepeatedFiles();
    files.noteFirst(seen('card'), 'a', null);
    expect(['b', 'c', 'b'].map((host) => isPlaceholderAgain(files, host, null))).toEqual([
      false,
      false,
      false,
    ]);
  });
});
