import { chroma, lightness, pixelAt, MINIATURE_SIDE, type Miniature } from './miniature.js';

/** Smaller differences are compression noise. */
const SAME_TONE = 6;
const BLANK_SHARE = 0.995;
/**
 * Maximum distance from the main tone in a blank picture: even a small bird in a plain sky is further away.
 */
const BLANK_TONES = 2;
const CARD_SHARE = 0.75;
/** A quick check of few points, whose error is smaller than the margin. */
const FAR_STEP = 8;
const FAR_SHARE = 0.4;
const NEAR_STEP = 2;
/** Colours this near to grey do not count as colours. */
const GREYISH = 20;

interface Tone {
  /** Of the points with about this tone. */
  readonly share: number;
  readonly isGreyish: boolean;
  /** Maximum distance of any point from it, in steps of a tone. */
  readonly furthest: number;
}

/** The content of a picture: nothing, something small or flat on one plain tone, or a real picture. */
export type Plainness = 'blank' | 'card' | 'picture';

/**
 * Tells blank pictures, and cards with a few words or a sign, from real pictures. Placeholders are white,
 * black, grey or pale; a picture of one strong colour may be what somebody searches for.
 */
export function plainnessOf(miniature: Miniature): Plainness {
  // The quick check settles most pictures.
  if (largestTone(miniature, FAR_STEP).share < FAR_SHARE) return 'picture';
  const { share, isGreyish } = largestTone(miniature, NEAR_STEP);
  if (!isGreyish) return 'picture';
  if (share < CARD_SHARE) return 'picture';
  return share >= BLANK_SHARE && largestTone(miniature, 1).furthest <= BLANK_TONES ? 'blank' : 'card';
}

/** The most frequent tone, with its neighbours. @param step between points, in both directions */
function largestTone(miniature: Miniature, step: number): Tone {
  const side = MINIATURE_SIDE / step;
  const tones = new Map<number, number>();
  const steps = new Int16Array(3 * side * side);
  for (let point = 0; point < side * side; point += 1) {
    const [row, column] = [Math.floor(point / side) * step, (point % side) * step];
    const pixel = pixelAt(miniature, row * MINIATURE_SIDE + column);
    const [blueness, redness] = chroma(pixel);
    const tone = [lightness(pixel), blueness, redness].map((part) => Math.round(part / SAME_TONE));
    steps.set(tone, 3 * point);
    const key = keyOf(tone[0], tone[1], tone[2]);
    tones.set(key, (tones.get(key) ?? 0) + 1);
  }
  const [frequent = 0] = [...tones].reduce((most, one) => (one[1] > (most[1] ?? 0) ? one : most), [0, 0]);
  let [near, furthest] = [0, 0];
  // Noise spreads one tone over neighbouring steps.
  for (let at = 0; at < steps.length; at += 3) {
    const parts = [0, 1, 2].map((part) => Math.abs((steps[at + part] ?? 0) - partOfKey(frequent, part)));
    const apart = Math.max(...parts);
    if (apart <= 1) near += 1;
    furthest = Math.max(furthest, apart);
  }
  const colour = Math.max(...[1, 2].map((part) => Math.abs(partOfKey(frequent, part)))) * SAME_TONE;
  return { share: near / side ** 2, isGreyish: colour <= GREYISH, furthest };
}

const KEY_STEP = 256;
const KEY_ZERO = 128;

function keyOf(light = 0, blueness = 0, redness = 0): number {
  return (light * KEY_STEP + blueness + KEY_ZERO) * KEY_STEP + redness + KEY_ZERO;
}

function partOfKey(key: number, part: number): number {
  if (part === 0) return Math.floor(key / KEY_STEP ** 2);
  const shifted = part === 1 ? Math.floor(key / KEY_STEP) % KEY_STEP : key % KEY_STEP;
  return shifted - KEY_ZERO;
}
