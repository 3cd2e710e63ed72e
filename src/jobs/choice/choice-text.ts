import { createHash } from 'node:crypto';
import { AppError } from '../app-error.js';

/**
 * A choice of images as text for addresses and records: base64url of a bitmap of the archive's images in
 * order, the first in the highest bit, and of CHECK_BYTES that tell the archive. 500 images take 90
 * characters.
 */
export type ChoiceText = string;

/** The images that a choice is about. */
export interface ChoiceOf {
  /** Lower-case hex digest of the archive. */
  readonly sha256: string;
  /** Images in the archive. */
  readonly count: number;
}

const CHECK_BYTES = 4;
const LETTERS = /^[\w-]+$/;

/** @param picked indexes of images, from 0; at least one, each smaller than the count */
export function encodeChoice(picked: Iterable<number>, { sha256, count }: ChoiceOf): ChoiceText {
  const bitmap = Buffer.alloc(Math.ceil(count / 8));
  for (const index of picked) bitmap[index >> 3] = (bitmap[index >> 3] ?? 0) | bitOf(index);
  return Buffer.concat([bitmap, checkOf(sha256, bitmap)]).toString('base64url');
}

/**
 * @returns the indexes of the chosen images, ascending from 0
 * @throws AppError `choice.unreadable`, `choice.other_job`, `choice.empty`
 */
export function decodeChoice(text: ChoiceText, { sha256, count }: ChoiceOf): number[] {
  const bytes = Buffer.from(text, 'base64url');
  if (!LETTERS.test(text) || bytes.toString('base64url') !== text) throw new AppError('choice.unreadable');
  const bitmap = bitmapIn(bytes);
  const isOurs =
    bitmap.length === Math.ceil(count / 8) && bytes.subarray(bitmap.length).equals(checkOf(sha256, bitmap));
  if (!isOurs) throw new AppError('choice.other_job');
  const picked = Array.from({ length: count }, (_, index) => index).filter(
    (index) => ((bitmap[index >> 3] ?? 0) & bitOf(index)) !== 0,
  );
  if (picked.length === 0) throw new AppError('choice.empty');
  return picked;
}

/** How many images a choice that was made here has. */
export function chosenCount(text: ChoiceText): number {
  let count = 0;
  for (const byte of bitmapIn(Buffer.from(text, 'base64url')))
    for (let rest = byte; rest > 0; rest &= rest - 1) count += 1;
  return count;
}

function bitmapIn(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.max(0, bytes.length - CHECK_BYTES));
}

function bitOf(index: number): number {
  return 128 >> (index & 7);
}

function checkOf(sha256: string, bitmap: Buffer): Buffer {
  return createHash('sha256').update(sha256).update(bitmap).digest().subarray(0, CHECK_BYTES);
}
