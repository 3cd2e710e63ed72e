import { COLOUR_SIDE, GREY_SIDE, readFingerprint } from './fingerprint.js';
import { type Grid, shrunk, softened } from './grid.js';

/** How a picture looks, ready to be compared with many others. */
export interface Features {
  /** Width by height as seen. */
  readonly aspect: number;
  /** Standard deviation of its lightness, from 0 to 128. */
  readonly contrast: number;
  /** Share of it that has one and the same lightness, from 0 to 1. */
  readonly background: number;
  /** Share of its contrast that is finer than an eighth of its side, from 0 to 1. */
  readonly detail: number;
  /** Its lightness, ever coarser: 32 cells a side, 16, 8 and 4. */
  readonly fine: Grid;
  readonly middle: Grid;
  readonly small: Grid;
  readonly coarse: Grid;
  /** The coarsest, of mean 0 and length 1: the product of two of them is their correlation. */
  readonly signature: Float32Array;
  /** Its colours: towards blue, and towards red. */
  readonly blueness: Grid;
  readonly redness: Grid;
  /**
   * Its lightness from close by, 64 cells a side and a little soft, so that it does not matter where lines fall
   * between cells. Worked out each time: it is large, and few pictures are looked at so closely.
   */
  readonly close: () => Grid;
}

/** So much of the contrast still counts as one and the same lightness. */
const ONE_LIGHTNESS = 0.25;

/** @returns null where the fingerprint was made by an earlier version */
export function featuresOf(fingerprint: string): Features | null {
  const print = readFingerprint(fingerprint);
  if (print === null) return null;
  const fine = shrunk({ side: GREY_SIDE, cells: print.grey }, GREY_SIDE / 2);
  const middle = shrunk(fine, GREY_SIDE / 4);
  const small = shrunk(middle, GREY_SIDE / 8);
  const coarse = shrunk(middle, GREY_SIDE / 16);
  const contrast = spreadOf(fine.cells);
  return {
    aspect: print.aspect,
    contrast,
    background: backgroundOf(fine.cells, ONE_LIGHTNESS * contrast),
    detail: contrast === 0 ? 0 : 1 - (spreadOf(small.cells) / contrast) ** 2,
    fine,
    middle,
    small,
    coarse,
    signature: unitOf(coarse.cells),
    blueness: colourIn(print.chroma, 0),
    redness: colourIn(print.chroma, 1),
    // Bound, not closed over: it must not keep what was read above.
    close: closeGrid.bind(null, fingerprint),
  };
}

function colourIn(chroma: Float32Array, part: 0 | 1): Grid {
  return { side: COLOUR_SIDE, cells: chroma.filter((_value, at) => at % 2 === part) };
}

function closeGrid(fingerprint: string): Grid {
  const cells = readFingerprint(fingerprint)?.grey ?? new Float32Array(GREY_SIDE ** 2);
  return softened({ side: GREY_SIDE, cells });
}

function unitOf(cells: Float32Array): Float32Array {
  const mean = cells.reduce((sum, value) => sum + value, 0) / cells.length;
  const length = Math.hypot(...cells.map((value) => value - mean));
  return cells.map((value) => (length === 0 ? 0 : (value - mean) / length));
}

function spreadOf(cells: Float32Array): number {
  const mean = cells.reduce((sum, value) => sum + value, 0) / cells.length;
  return Math.sqrt(cells.reduce((sum, value) => sum + (value - mean) ** 2, 0) / cells.length);
}

/** The largest share of cells that lie within two neighbouring steps of lightness. */
function backgroundOf(cells: Float32Array, step: number): number {
  const counts = new Map<number, number>();
  for (const value of cells) {
    const level = Math.floor(value / Math.max(1, step));
    counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  const shares = [...counts].map(([level, count]) => count + (counts.get(level + 1) ?? 0));
  return Math.max(...shares) / cells.length;
}
