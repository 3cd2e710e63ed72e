import sharp from 'sharp';
import { diceOf, type Dice } from '../../../replica/dice.ts';

/** Paints a picture of a family as a PNG, 240 pixels wide. */
export type Painter = (dice: Dice) => Promise<Buffer>;

const WIDTH = 240;

/** Kinds of pictures that are hard to compare, each in its way; the same seed gives the same picture. */
export const FAMILIES: Readonly<Record<string, Painter>> = {
  landscape: (dice) => photo(dice, [0, 0.55, 0.25, 0.12, 0.08], true),
  texture: (dice) => photo(dice, [0.1, 0.1, 0.25, 0.3, 0.25], false),
  portrait: (dice) => portrait(dice),
  'line art': (dice) => svg(dice, 'white', lines(dice)),
  'page of text': (dice) => svg(dice, 'white', textLines(dice, 26, 6)),
  'text card': (dice) => svg(dice, colour(dice, 0.7, 1), textLines(dice, 4, 22)),
  gradient: (dice) => gradient(dice),
  'flat logo': (dice) => svg(dice, dice.next() < 0.6 ? 'white' : colour(dice, 0, 1), logo(dice)),
  'product on white': (dice) => svg(dice, 'white', product(dice)),
  chart: (dice) => svg(dice, 'white', chart(dice)),
};

/** The picture of a family at an index. */
export function pictureOf(family: string, index: number): Promise<Buffer> {
  const painter = FAMILIES[family];
  if (painter === undefined) throw new RangeError(`there is no family ${family}`);
  return painter(diceOf('family', family, index));
}

function heightOf(dice: Dice): number {
  return Math.round(WIDTH / dice.pick([4 / 3, 3 / 2, 1, 3 / 4]));
}

function colour(dice: Dice, least: number, most: number): string {
  const part = (): number => Math.round(255 * (least + (most - least) * dice.next()));
  return `rgb(${part()},${part()},${part()})`;
}

function svg(
  dice: Dice,
  background: string,
  content: (width: number, height: number) => string,
): Promise<Buffer> {
  const height = heightOf(dice);
  const paper = `<rect width="${WIDTH}" height="${height}" fill="${background}"/>`;
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}">${paper}${content(WIDTH, height)}</svg>`;
  return sharp(Buffer.from(text)).png().toBuffer();
}

/** Octaves of smooth noise over a vertical gradient: a fingerprint sees most photographs like this. */
async function photo(dice: Dice, weights: readonly number[], hasSky: boolean): Promise<Buffer> {
  const height = heightOf(dice);
  const sum = new Float32Array(WIDTH * height * 3);
  for (const [octave, weight] of weights.entries()) {
    const side = 2 ** (octave + 1) + 1;
    const cells = Uint8Array.from({ length: side * side * 3 }, () => dice.integer(0, 255));
    const raw = { width: side, height: side, channels: 3 } as const;
    const wide = await sharp(cells, { raw })
      .resize(WIDTH, height, { fit: 'fill', kernel: 'cubic' })
      .raw()
      .toBuffer();
    wide.forEach((value, at) => (sum[at] = (sum[at] ?? 0) + weight * value));
  }
  const [top, bottom] = [dice.integer(150, 250), dice.integer(20, 120)];
  const pixels = Uint8Array.from(sum, (value, at) => {
    const down = Math.floor(at / 3 / WIDTH) / height;
    const light = hasSky ? 0.5 * (value + top + (bottom - top) * down) : value;
    return Math.max(0, Math.min(255, light + dice.next() * 16 - 8));
  });
  return sharp(pixels, { raw: { width: WIDTH, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** A head in front of a soft background: all have the same composition. */
async function portrait(dice: Dice): Promise<Buffer> {
  const background = await photo(dice, [0.5, 0.3, 0.2], false);
  const { width, height } = await sharp(background).metadata();
  const x = width * (0.42 + 0.16 * dice.next());
  const y = height * (0.36 + 0.12 * dice.next());
  const radius = height * (0.16 + 0.08 * dice.next());
  const skin = `rgb(${dice.integer(150, 235)},${dice.integer(110, 190)},${dice.integer(90, 160)})`;
  const hair = colour(dice, 0, 0.6);
  const eyes = [-1, 1].map(
    (side) =>
      `<circle cx="${x + side * radius * 0.35}" cy="${y - radius * 0.05}" r="${radius * 0.1}" fill="#221"/>`,
  );
  const person = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><ellipse cx="${x}" cy="${y + radius * 2.6}" rx="${radius * 2}" ry="${radius * 1.7}" fill="${colour(dice, 0.1, 0.9)}"/><circle cx="${x}" cy="${y - radius * 0.25}" r="${radius * 1.15}" fill="${hair}"/><ellipse cx="${x}" cy="${y}" rx="${radius * 0.8}" ry="${radius}" fill="${skin}"/>${eyes.join('')}</svg>`;
  return sharp(background)
    .composite([{ input: Buffer.from(person) }])
    .png()
    .toBuffer();
}

const lines =
  (dice: Dice) =>
  (width: number, height: number): string => {
    const count = dice.integer(12, 40);
    return Array.from({ length: count }, () => {
      const points = Array.from({ length: 4 }, () => `${dice.integer(0, width)},${dice.integer(0, height)}`);
      return `<path d="M${points[0] ?? ''} C${points.slice(1).join(' ')}" fill="none" stroke="black" stroke-width="${dice.integer(1, 4)}"/>`;
    }).join('');
  };

/** Words drawn as bars, so that no font is needed. */
const textLines =
  (dice: Dice, count: number, size: number) =>
  (width: number, height: number): string => {
    const step = (height * 0.86) / count;
    return Array.from({ length: count }, (_line, line) => {
      const bars: string[] = [];
      const end = width * (0.92 - (dice.next() < 0.2 ? 0.5 * dice.next() : 0.08 * dice.next()));
      for (let x = width * 0.07; x < end;) {
        const word = size * dice.integer(1, 9) * 0.6;
        bars.push(
          `<rect x="${x}" y="${height * 0.07 + line * step}" width="${Math.min(word, end - x)}" height="${size}" fill="#222"/>`,
        );
        x += word + size * 0.6;
      }
      return bars.join('');
    }).join('');
  };

async function gradient(dice: Dice): Promise<Buffer> {
  const [height, turn] = [heightOf(dice), dice.integer(0, 359)];
  const stops = [0, 1].map((at) => `<stop offset="${at}" stop-color="${colour(dice, 0, 1)}"/>`);
  const middle = `<stop offset="${0.2 + 0.6 * dice.next()}" stop-color="${colour(dice, 0, 1)}"/>`;
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}"><linearGradient id="g" gradientTransform="rotate(${turn} .5 .5)">${stops.join(middle)}</linearGradient><rect width="${WIDTH}" height="${height}" fill="url(#g)"/></svg>`;
  return sharp(Buffer.from(text)).png().toBuffer();
}

const logo =
  (dice: Dice) =>
  (width: number, height: number): string => {
    const shapes = Array.from({ length: dice.integer(1, 4) }, () => {
      const [x, y] = [width * (0.3 + 0.4 * dice.next()), height * (0.3 + 0.4 * dice.next())];
      const size = height * (0.08 + 0.22 * dice.next());
      const fill = colour(dice, 0, 0.9);
      if (dice.next() < 0.4) return `<circle cx="${x}" cy="${y}" r="${size}" fill="${fill}"/>`;
      if (dice.next() < 0.5)
        return `<rect x="${x - size}" y="${y - size / 2}" width="${2 * size}" height="${size}" rx="${size * 0.2 * dice.next()}" fill="${fill}"/>`;
      return `<path d="M${x} ${y - size} L${x + size} ${y + size} L${x - size} ${y + size * dice.next()} Z" fill="${fill}"/>`;
    });
    return shapes.join('');
  };

/** One thing in the middle with a shadow, like bottles, shoes or phones in a shop. */
const product =
  (dice: Dice) =>
  (width: number, height: number): string => {
    const fill = colour(dice, 0.05, 0.85);
    const [wide, high] = [width * (0.1 + 0.25 * dice.next()), height * (0.25 + 0.15 * dice.next())];
    const points = Array.from({ length: 9 }, (_point, at) => {
      const angle = (at / 9) * 2 * Math.PI;
      const reach = 0.6 + 0.4 * dice.next();
      return `${width / 2 + Math.cos(angle) * wide * reach},${height / 2 + Math.sin(angle) * high * reach}`;
    });
    const label = `<rect x="${width / 2 - wide * 0.3}" y="${height / 2 - high * 0.2 * dice.next()}" width="${wide * 0.6}" height="${high * 0.3}" fill="${colour(dice, 0.5, 1)}"/>`;
    return `<ellipse cx="${width / 2}" cy="${height * 0.9}" rx="${wide}" ry="8" fill="#ccc"/><polygon points="${points.join(' ')}" fill="${fill}"/>${label}`;
  };

const chart =
  (dice: Dice) =>
  (width: number, height: number): string => {
    const count = dice.integer(4, 12);
    const [step, fill] = [(width * 0.8) / count, colour(dice, 0.1, 0.7)];
    const axes = `<path d="M${width * 0.08} ${height * 0.06} V${height * 0.9} H${width * 0.94}" stroke="black" fill="none" stroke-width="2"/>`;
    const bars = Array.from({ length: count }, (_bar, at) => {
      const high = height * 0.75 * dice.next();
      return `<rect x="${width * 0.1 + at * step}" y="${height * 0.9 - high}" width="${step * 0.7}" height="${high}" fill="${fill}"/>`;
    });
    return axes + bars.join('');
  };
