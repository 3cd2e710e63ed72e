import sharp from 'sharp';
import { diceOf, type Dice } from '../../../replica/dice.ts';
import { pictureOf } from './families.ts';

const WIDTH = 480;
const HEIGHT = 360;

/** Draws the part that differs between the pictures of a pattern. */
type Drawing = (dice: Dice, index: number) => string;

interface Pattern {
  /** The family whose first picture is the background of all; null: white paper. */
  readonly ground: string | null;
  readonly draw: Drawing;
}

/** Sets of pictures that differ in one place only and are different pictures to a person. */
export const PATTERNS: Readonly<Record<string, Pattern>> = {
  'words over one photo': { ground: 'landscape', draw: (dice) => band(dice) },
  'a place somebody walks through': { ground: 'landscape', draw: (_dice, index) => walker(index) },
  'slides of one talk': { ground: null, draw: (dice) => slide(dice) },
  'cards with another portrait': { ground: null, draw: (dice) => card(dice) },
  'one thing in other colours': { ground: null, draw: (_dice, index) => thing(index) },
  'craters of many moons': { ground: null, draw: (dice) => moon(dice) },
};

/** The picture of a pattern at an index from 0 to 7. */
export async function patternOf(name: string, index: number): Promise<Buffer> {
  const pattern = PATTERNS[name];
  if (pattern === undefined) throw new RangeError(`there is no pattern ${name}`);
  const ground =
    pattern.ground === null
      ? sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: 'white' } })
      : sharp(await pictureOf(pattern.ground, 0)).resize(WIDTH, HEIGHT, { fit: 'fill' });
  const drawing = pattern.draw(diceOf('pattern', name, index), index);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${drawing}</svg>`;
  return ground
    .composite([{ input: Buffer.from(svg) }])
    .jpeg({ quality: 88 })
    .toBuffer();
}

function band(dice: Dice): string {
  return `<rect width="${WIDTH}" height="64" fill="white"/>${words(dice, 16, 18, 30)}`;
}

/** Words drawn as bars, so that no font is needed. */
function words(dice: Dice, left: number, top: number, height: number): string {
  const bars: string[] = [];
  for (let x = left; x < WIDTH - 60;) {
    const width = height * dice.integer(1, 4);
    bars.push(`<rect x="${x}" y="${top}" width="${width}" height="${height}" fill="#111"/>`);
    x += width + height / 2 + dice.integer(0, height);
  }
  return bars.join('');
}

function walker(index: number): string {
  const x = 30 + index * 52;
  return `<circle cx="${x}" cy="190" r="22" fill="#f2d0b0"/><rect x="${x - 24}" y="212" width="48" height="96" fill="#c02030"/>`;
}

function slide(dice: Dice): string {
  const lines = Array.from({ length: dice.integer(2, 6) }, (_line, at) => words(dice, 40, 90 + at * 44, 16));
  return `<rect width="${WIDTH}" height="60" fill="#057"/>${lines.join('')}`;
}

function card(dice: Dice): string {
  const tone = (): string =>
    `rgb(${dice.integer(20, 235)},${dice.integer(20, 235)},${dice.integer(20, 235)})`;
  const face = `<rect x="30" y="110" width="140" height="190" fill="${tone()}"/><circle cx="100" cy="190" r="50" fill="${tone()}"/>`;
  return `<rect width="${WIDTH}" height="70" fill="#143c8c"/>${face}${words(dice, 210, 130, 20)}`;
}

function thing(index: number): string {
  return `<path d="M120 220 L200 130 L260 170 L360 210 L380 260 L120 260 Z" fill="hsl(${index * 45},75%,42%)"/><rect x="110" y="260" width="280" height="20" fill="#ccc"/>`;
}

function moon(dice: Dice): string {
  const craters = Array.from({ length: 14 }, () => {
    const [x, y, radius] = [dice.integer(150, 330), dice.integer(90, 270), dice.integer(8, 24)];
    return `<circle cx="${x}" cy="${y}" r="${radius}" fill="rgb(130,128,120)"/>`;
  });
  return `<rect width="${WIDTH}" height="${HEIGHT}" fill="#020206"/><circle cx="240" cy="180" r="140" fill="#d6d4c8"/>${craters.join('')}`;
}
