/** A part of a picture, as shares of its width and height. */
export interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The whole picture. */
export const WHOLE: Part = { left: 0, top: 0, width: 1, height: 1 };

/** A square of cells, row by row. */
export interface Grid {
  readonly side: number;
  readonly cells: Float32Array;
}

/** Shrinks a grid. @param side of the result; divides the grid's side */
export function shrunk({ side: from, cells }: Grid, side: number): Grid {
  const span = from / side;
  const sums = new Float32Array(side * side);
  cells.forEach((value, at) => {
    const cell = Math.floor(Math.floor(at / from) / span) * side + Math.floor((at % from) / span);
    sums[cell] = (sums[cell] ?? 0) + value / span ** 2;
  });
  return { side, cells: sums };
}

/** Blurs a grid: each cell is mixed with its neighbours. */
export function softened({ side, cells }: Grid): Grid {
  const across = mixed(cells, side, 1);
  return { side, cells: mixed(across, side, side) };
}

/** Mixes each cell with half of the cells one step before and after it; cells at the edges count more. */
function mixed(cells: Float32Array, side: number, step: number): Float32Array {
  const soft = new Float32Array(cells.length);
  for (let at = 0; at < cells.length; at += 1) {
    const place = Math.floor(at / step) % side;
    const [before, after] = [place === 0 ? at : at - step, place === side - 1 ? at : at + step];
    soft[at] = ((cells[before] ?? 0) + 2 * (cells[at] ?? 0) + (cells[after] ?? 0)) / 4;
  }
  return soft;
}

/** Weights for drawing a part of a grid into a square: for each cell four places and their weights. */
export interface Resampler {
  readonly side: number;
  readonly places: Uint16Array;
  readonly weights: Float32Array;
}

/** @param from side of the grids to draw from @param side of the square to draw */
export function resamplerFor(from: number, part: Part, side: number): Resampler {
  const places = new Uint16Array(4 * side * side);
  const weights = new Float32Array(4 * side * side);
  for (let cell = 0; cell < side * side; cell += 1) {
    const x = placeOf(from, part.left, part.width, ((cell % side) + 0.5) / side);
    const y = placeOf(from, part.top, part.height, (Math.floor(cell / side) + 0.5) / side);
    const right = x - Math.floor(x);
    const down = y - Math.floor(y);
    for (let corner = 0; corner < 4; corner += 1) {
      const [isRight, isDown] = [corner % 2 === 1, corner >= 2];
      const column = Math.min(from - 1, Math.floor(x) + Number(isRight));
      const row = Math.min(from - 1, Math.floor(y) + Number(isDown));
      places[4 * cell + corner] = row * from + column;
      weights[4 * cell + corner] = (isRight ? right : 1 - right) * (isDown ? down : 1 - down);
    }
  }
  return { side, places, weights };
}

/** The position of a point of a span in a line of `side` cells. */
function placeOf(side: number, from: number, span: number, share: number): number {
  return Math.max(0, Math.min(side - 1, (from + span * share) * side - 0.5));
}

/** Draws a part of a grid as a square. */
export function resampled({ places, weights }: Resampler, { cells }: Grid): Float32Array {
  const square = new Float32Array(places.length / 4);
  for (let cell = 0, at = 0; cell < square.length; cell += 1, at += 4)
    square[cell] =
      (weights[at] ?? 0) * (cells[places[at] ?? 0] ?? 0) +
      (weights[at + 1] ?? 0) * (cells[places[at + 1] ?? 0] ?? 0) +
      (weights[at + 2] ?? 0) * (cells[places[at + 2] ?? 0] ?? 0) +
      (weights[at + 3] ?? 0) * (cells[places[at + 3] ?? 0] ?? 0);
  return square;
}

/**
 * The correlation of two squares, whatever their brightness and contrast: from -1 to 1; 0 if one of them is
 * blank.
 */
export function correlation(one: Float32Array, other: Float32Array): number {
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let at = 0; at < one.length; at += 1) {
    const a = one[at] ?? 0;
    const b = other[at] ?? 0;
    sumA += a;
    sumB += b;
    sumAA += a * a;
    sumBB += b * b;
    sumAB += a * b;
  }
  const count = one.length;
  const spread = (sumAA - (sumA * sumA) / count) * (sumBB - (sumB * sumB) / count);
  return spread < 1 ? 0 : (sumAB - (sumA * sumB) / count) / Math.sqrt(spread);
}

/** The correlation of a part of `large` with all of `small`. */
export function fitThrough(resampler: Resampler, large: Grid, small: Grid): number {
  return correlation(resampled(resampler, large), small.cells);
}

/** Like `fitThrough`, for a part that is used only once. */
export function fitOf(large: Grid, part: Part, small: Grid): number {
  return fitThrough(resamplerFor(large.side, part, small.side), large, small);
}
