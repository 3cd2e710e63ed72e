import { COLOUR_SIDE, GREY_SIDE, readFingerprint } from './fingerprint.js';
import { type Grid, shrunk, softened } from './grid.js';

/** Features of a picture, for fast comparison with many others. */
export interface Features {
  /** Width by height as seen. */
  readonly aspect: number;
  /** Standard deviation of its lightness, from 0 to 128. */
  readonly contrast: number;
  /** Share of the picture with about the same lightness, from 0 to 1. */
  readonly background: number;
  /** Share of the contrast that is finer than an eighth of the picture's side, from 0 to 1. */
  readonly detail: number;
  /** Lightness, ever coarser: 32 cells a side, 16, 8 and 4. */
  readonly fine: Grid;
  readonly middle: Grid;
  readonly small: Grid;
  readonly coarse: Grid;
  /** The coarsest grid with mean 0 and length 1: the product of two signatures is their correlation. */
  readonly signature: Float32Array;
  /** Colours: towards blue, and towards red. */
  readonly blueness: Grid;
  readonly redness: Grid;
  /**
   * Lightness in detail: 64 cells a side, slightly blurred so that it does not matter where lines fall
   * between cells. Computed on each call: it is large, and few pictures are compared this closely.
   */
  readonly close: () => Grid;
}

/** This share of the contrast still counts as the same lightness. */
const ONE_LIGHTNESS = 0.25;

/** @returns null if an earlier version made the fingerprint */
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
    // Bound, not closed over, so that it does not keep the large grids above in memory.
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

/** The largest share of cells within two neighbouring steps of lightness. */
function backgroundOf(cells: Float32Array, step: number): number {
  const counts = new Map<number, number>();
  for (const value of cells) {
    const level = Math.floor(value / Math.max(1, step));
    counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  const shares = [...counts].map(([level, count]) => count + (counts.get(level + 1) ?? 0));
  return Math.max(...shares) / cells.length;
}
