const VIEW_SIDE = 64;

/** Uncompressed pixels. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
}

/**
 * Draws a picture of any shape into a square of RGBA pixels; each pixel is the mean of the part that it
 * covers.
 */
export function drawMiniature({ data, width, height, channels }: Pixels): Buffer {
  const drawn = drawnAcross(drawnAcross(withInk(data, channels), width), height);
  const miniature = Buffer.alloc(drawn.length);
  for (let at = 0; at < miniature.length; at += 4) {
    const ink = (drawn[at + 3] ?? 0) / 255 || 1;
    for (let part = at; part < at + 3; part += 1) miniature[part] = Math.round((drawn[part] ?? 0) / ink);
    miniature[at + 3] = Math.round(drawn[at + 3] ?? 0);
  }
  return miniature;
}

/** RGBA with colours weighted by opacity, so that invisible colours are not mixed in. */
function withInk(data: Buffer, channels: Pixels['channels']): Float32Array {
  const pixels = new Float32Array((4 * data.length) / channels);
  const hasAlpha = channels % 2 === 0;
  // Grey pictures use their one tone three times.
  const [green, blue] = channels < 3 ? [0, 0] : [1, 2];
  for (let at = 0, to = 0; at < data.length; at += channels, to += 4) {
    const alpha = hasAlpha ? (data[at + channels - 1] ?? 0) : 255;
    pixels[to] = ((data[at] ?? 0) * alpha) / 255;
    pixels[to + 1] = ((data[at + green] ?? 0) * alpha) / 255;
    pixels[to + 2] = ((data[at + blue] ?? 0) * alpha) / 255;
    pixels[to + 3] = alpha;
  }
  return pixels;
}

/** Reduces each line of `length` pixels to the side of a miniature, by means, and swaps lines and columns. */
function drawnAcross(pixels: Float32Array, length: number): Float32Array {
  const lines = pixels.length / 4 / length;
  const step = length / VIEW_SIDE;
  const drawn = new Float32Array(4 * lines * VIEW_SIDE);
  for (let cell = 0; cell < VIEW_SIDE; cell += 1)
    for (let place = Math.floor(cell * step); place < (cell + 1) * step; place += 1) {
      const share = (Math.min((cell + 1) * step, place + 1) - Math.max(cell * step, place)) / step;
      for (let line = 0; line < lines; line += 1) {
        const from = 4 * (line * length + place);
        const to = 4 * (cell * lines + line);
        for (let part = 0; part < 4; part += 1)
          drawn[to + part] = (drawn[to + part] ?? 0) + share * (pixels[from + part] ?? 0);
      }
    }
  return drawn;
}
