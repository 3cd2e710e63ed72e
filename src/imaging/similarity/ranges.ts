import type { Grid } from './grid.js';

/** The possible values of each cell if the picture were shifted slightly. */
export interface Ranges {
  readonly least: Float32Array;
  readonly most: Float32Array;
}

/**
 * The least and the greatest value of each cell if the grid is shifted by up to `aside` cells. @param aside
 * up to 1
 */
export function rangesOf({ side, cells }: Grid, aside: number): Ranges {
  const least = Float32Array.from(cells);
  const most = Float32Array.from(cells);
  for (const across of [-1, 0, 1]) {
    const moved = across === 0 ? cells : movedBy(cells, side, 1, across * aside);
    for (const down of [-1, 0, 1]) {
      const there = down === 0 ? moved : movedBy(moved, side, side, down * aside);
      for (let at = 0; at < there.length; at += 1) {
        const value = there[at] ?? 0;
        if (value < (least[at] ?? 0)) least[at] = value;
        if (value > (most[at] ?? 0)) most[at] = value;
      }
    }
  }
  return { least, most };
}

/** The grid shifted by `by` cells, along rows (`step` 1) or columns (`step` side). */
function movedBy(cells: Float32Array, side: number, step: number, by: number): Float32Array {
  const share = Math.abs(by);
  const towards = by < 0 ? -step : step;
  const last = by < 0 ? 0 : side - 1;
  const moved = new Float32Array(cells.length);
  for (let at = 0; at < cells.length; at += 1) {
    const isLast = Math.floor(at / step) % side === last;
    moved[at] = (1 - share) * (cells[at] ?? 0) + share * (cells[isLast ? at : at + towards] ?? 0);
  }
  return moved;
}

/** The distance of a value from a cell's range; 0 within it. */
export function outside({ least, most }: Ranges, at: number, value: number): number {
  return Math.max(0, (least[at] ?? 0) - value, value - (most[at] ?? 0));
}
