/** Longest side of the picture that `backgroundFor` gets. */
export const BACKGROUND_PX = 128;

const [WHITE, BLACK] = ['#ffffff', '#000000'];
/** Pixels this near to white, of 255, cannot be seen on it. */
const UNSEEN = 24;
/** The share of opaque pixels that may be invisible on white; black is chosen if more are. */
const MAX_UNSEEN_SHARE = 0.75;

/**
 * Chooses the background for a picture with transparent parts: white, or black if nearly everything visible is as
 * light as white, as with a white logo.
 * @param pixels RGBA @returns a colour
 */
export function backgroundFor(pixels: Buffer): string {
  let [visible, unseen] = [0, 0];
  for (let at = 0; at < pixels.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(at, at + 4);
    visible += alpha;
    if (Math.min(red, green, blue) > 255 - UNSEEN) unseen += alpha;
  }
  return unseen > MAX_UNSEEN_SHARE * visible ? BLACK : WHITE;
}
