import type { ProblemCode } from './problem-wording.js';

/** The start in words, for doors where people write instead of choosing: it stands for date and time. */
export type WordsField = 'when';

/** What a door was given, before anything is known about it. */
export type RawFields = Readonly<Record<string, unknown>>;

/** One thing wrong with a request. */
export interface Problem {
  /** The field, or the unknown name that was sent. */
  readonly field: string;
  readonly code: ProblemCode;
  /** Plain words with what to do. */
  readonly message: string;
}
