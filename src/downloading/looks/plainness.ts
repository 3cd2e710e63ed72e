import { chroma, lightness, pixelAt, VIEW_SIDE, type View } from './view.js';

/** Differences below this are noise of the compression. */
const SAME_TONE = 6;
const BLANK_SHARE = 0.995;
const CARD_SHARE = 0.7;

/** What there is to see: nothing, something small or flat on one plain tone, or a picture. */
export type Plainness = 'blank' | 'card' | 'picture';

/** Tells blank pictures, and cards with a few words or a sign on them, from everything else. */
export function plainnessOf(view: View): Plainness {
  const share = largestTone(view);
  if (share >= BLANK_SHARE) return 'blank';
  return share >= CARD_SHARE ? 'card' : 'picture';
}

/** The largest share of points around one tone, looking at every second pixel each way. */
function largestTone(view: View): number {
  const points = (VIEW_SIDE / 2) ** 2;
  const tones = new Map<number, number>();
  const steps = new Int16Array(3 * points);
  for (let point = 0; point < points; point += 1) {
    const [row, column] = [Math.floor((2 * point) / VIEW_SIDE), (2 * point) % VIEW_SIDE];
    const pixel = pixelAt(view, 2 * row * VIEW_SIDE + column);
    const [blueness, redness] = chroma(pixel);
    const tone = [lightness(pixel), blueness, redness].map((part) => Math.round(part / SAME_TONE));
    steps.set(tone, 3 * point);
    const key = keyOf(tone[0], tone[1], tone[2]);
    tones.set(key, (tones.get(key) ?? 0) + 1);
  }
  const [frequent = 0] = [...tones].reduce((most, one) => (one[1] > (most[1] ?? 0) ? one : most), [0, 0]);
  let near = 0;
  // Noise spreads one tone over neighbouring steps.
  for (let at = 0; at < steps.length; at += 3) {
    const apart = [0, 1, 2].map((part) => Math.abs((steps[at + part] ?? 0) - partOfKey(frequent, part)));
    if (Math.max(...apart) <= 1) near += 1;
  }
  return near / points;
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
