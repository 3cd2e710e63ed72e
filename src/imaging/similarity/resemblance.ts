import { bestOverlay } from './best-overlay.js';
import type { Features } from './features.js';
import { isBlank, isSamePicture, toneDifference } from './same-picture.js';

/** How a picture stands to what it is held against; unclear where that cannot be said. */
export type Resemblance = 'same' | 'other' | 'unclear';

/** Pictures that fit less, however they are laid over each other, have nothing to do with each other. */
const SOME_FIT = 0.8;
/** Two faint pictures, or two textures that look alike in every place, are too hard to tell to be called others. */
const CLEAR_CONTRAST = 10;
const TEXTURE_DETAIL = 0.85;
/** So far two blank pictures may be apart, of 255. */
const SAME_TONE = 16;
/** Shapes that differ more than a light crop explains. */
const OTHER_SHAPE = 1.28;
const SAME_SHAPE = 1.08;

/**
 * Holds a picture against a preview of the one that it should be. Careful with both answers: what is neither surely
 * the same nor surely another one is unclear.
 * @param aspect width by height that the picture should have; null: not known, so that the preview may be cut
 */
export function resemblanceOf(image: Features, preview: Features, aspect: number | null): Resemblance {
  if (isBlank(image) && isBlank(preview))
    return toneDifference(image, preview) <= SAME_TONE ? 'same' : 'other';
  if (isBlank(image)) return isClear(preview) ? 'other' : 'unclear';
  if (isBlank(preview)) return isClear(image) ? 'other' : 'unclear';
  if (isSamePicture(image, preview)) return 'same';
  if (!isClear(image) && !isClear(preview)) return 'unclear';
  if (ratioOf(image.aspect, preview.aspect) > OTHER_SHAPE)
    return aspect !== null && ratioOf(preview.aspect, aspect) < SAME_SHAPE ? 'other' : 'unclear';
  const fits = [bestOverlay(image, preview), bestOverlay(preview, image)].map((overlay) => overlay?.fit ?? 0);
  return Math.max(...fits) < SOME_FIT ? 'other' : 'unclear';
}

function isClear({ contrast, detail }: Features): boolean {
  return contrast >= CLEAR_CONTRAST && detail <= TEXTURE_DETAIL;
}

function ratioOf(one: number, other: number): number {
  return Math.max(one / other, other / one);
}
