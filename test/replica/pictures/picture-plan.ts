import { diceOf } from '../dice.ts';

/** The formats of the image web's pictures. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif';

/** The properties of a picture, known before it is painted. */
export interface PicturePlan {
  /** The seed of the picture: the same key always gives the same bytes. */
  readonly key: string;
  readonly format: PictureFormat;
  readonly width: number;
  readonly height: number;
  /** Approximate bytes of the file. */
  readonly aboutBytes: number;
}

/** Share of each format, as on the web. */
const MIX: readonly (readonly [PictureFormat, number])[] = [
  ['jpeg', 0.72],
  ['webp', 0.12],
  ['png', 0.1],
  ['gif', 0.03],
  ['avif', 0.03],
];

/** Bits per painted pixel in each format, measured with the brush and the encoder settings of `paint.ts`. */
const BITS_PER_PIXEL: Readonly<Record<PictureFormat, number>> = {
  jpeg: 4.1,
  webp: 3.8,
  png: 22,
  gif: 8.3,
  avif: 1.9,
};

const ASPECTS = [4 / 3, 3 / 2, 1, 16 / 9, 2 / 3, 3 / 4, 4 / 5] as const;

/**
 * Decides format and size of the picture with this key.
 * @param bytes least and most bytes of the file; sizes are spread evenly on a logarithmic scale
 */
export function planPicture(key: string, bytes: readonly [number, number]): PicturePlan {
  const dice = diceOf('plan', key);
  const format = formatAt(dice.next());
  // The encoders miss the target by some per cent: stay that far inside the range.
  const [least, most] = [bytes[0] * 1.12, bytes[1] * 0.88];
  const aboutBytes = Math.round(least * (Math.max(most, least) / least) ** dice.next());
  const pixels = (aboutBytes * 8) / BITS_PER_PIXEL[format];
  const aspect = dice.pick(ASPECTS);
  const width = Math.max(8, Math.round(Math.sqrt(pixels * aspect)));
  return { key, format, width, height: Math.max(8, Math.round(pixels / width)), aboutBytes };
}

function formatAt(point: number): PictureFormat {
  let passed = 0;
  for (const [format, share] of MIX) {
    passed += share;
    if (point < passed) return format;
  }
  return 'jpeg';
}
