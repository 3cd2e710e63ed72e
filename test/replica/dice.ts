import { createHash } from 'node:crypto';

/** A stream of pseudo-random numbers, always the same for the same seed. */
export interface Dice {
  /** @returns a number from 0 (included) to 1 (excluded) */
  next(): number;
  /** @returns a whole number from `min` to `max`, both included */
  integer(min: number, max: number): number;
  /** @returns one of `items` @throws RangeError when there are none */
  pick<T>(items: readonly T[]): T;
  /** @returns `length` characters of the base64url alphabet */
  token(length: number): string;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Makes dice whose throws depend on `seed` alone. */
export function diceOf(...seed: readonly (string | number)[]): Dice {
  const next = mulberry32(createHash('sha256').update(seed.join('\u0000')).digest().readUInt32LE(0));
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    integer,
    pick: (items) => {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    token: (length) => Array.from({ length }, () => ALPHABET.charAt(integer(0, 63))).join(''),
  };
}

/** A small generator with 32 bits of state, good enough for test data. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
