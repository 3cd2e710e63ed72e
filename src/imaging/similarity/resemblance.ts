import { bestOverlay } from './best-overlay.js';
import type { Features } from './features.js';
import { isBlank, isSamePicture, toneDifference } from './same-picture.js';

/** Whether a picture shows the same as its preview; `unclear` if that cannot be decided. */
export type Resemblance = 'same' | 'other' | 'unclear';

/** Pictures with a lower best fit have nothing in common. */
const SOME_FIT = 0.8;
/** Two faint pictures, or two textures that look alike everywhere, cannot be told apart safely. */
const CLEAR_CONTRAST = 10;
const TEXTURE_DETAIL = 0.85;
/** Maximum difference in tone of two blank pictures that count as the same, of 255. */
const SAME_TONE = 16;
/** A light crop does not explain a larger difference in shape. */
const OTHER_SHAPE = 1.28;
const SAME_SHAPE = 1.08;

/**
 * Compares a picture with the preview that an engine showed of it. Both definite answers need clear evidence;
 * everything else is `unclear`.
 * @param aspect width by height that the picture should have; null: not known, so the preview may be cropped
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
