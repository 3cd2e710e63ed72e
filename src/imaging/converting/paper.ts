import sharp from 'sharp';

const LOOK_PX = 128;
const [WHITE, BLACK] = ['#ffffff', '#000000'];
/** Ink this near to the paper, of 255, is not seen on it. */
const UNSEEN = 24;
/** The share of the ink that may be lost on white paper; black is taken where more is. */
const MOST_LOST = 0.75;

/**
 * The paper on which a picture with transparent parts is to be seen: white, and black where nearly all there is to
 * see is as light as white paper, as with a white logo.
 * @param file its bytes @returns a colour
 * @throws Error where it cannot be read
 */
export async function paperFor(file: Buffer): Promise<string> {
  const data = await sharp(file, { failOn: 'error' })
    .resize(LOOK_PX, LOOK_PX, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer();
  let [ink, lost] = [0, 0];
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
    ink += alpha;
    if (Math.min(red, green, blue) > 255 - UNSEEN) lost += alpha;
  }
  return lost > MOST_LOST * ink ? BLACK : WHITE;
}
