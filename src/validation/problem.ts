import type { ProblemCode } from './problem-wording.js';

/** The start in words such as `tomorrow 9am`, which chats send instead of date and time. */
export type WordsField = 'when';

/** The fields a door received, unchecked. */
export type RawFields = Readonly<Record<string, unknown>>;

/** One problem of a request. */
export interface Problem {
  /** The field, or the unknown name that was sent. */
  readonly field: string;
  readonly code: ProblemCode;
  /** The problem and what to do, in plain words. */
  readonly message: string;
}
