import { AppError } from '../../jobs/app-error.js';
import { childScript, type ImageProgram } from '../child-process/image-program.js';
import { refusalText } from '../child-process/refusal-text.js';

/** The thumbnails of one strip. */
export interface StripTask {
  /** All thumbnails, one after the other. */
  readonly bytes: Buffer;
  /** Bytes of each thumbnail. */
  readonly lengths: readonly number[];
}

/** Puts thumbnails side by side; refusals are AppError `internal.unexpected`. */
export const STRIP_MAKER: ImageProgram<Buffer> = {
  name: 'strip maker',
  script: childScript('strips/strip-child'),
  atATime: 1,
  deadlineMs: 10_000,
  idleMs: 10_000,
  maxAnswerBytes: 2 ** 20,
  read: ({ bytes }) => (bytes instanceof Uint8Array ? Buffer.from(bytes) : null),
  refusal: (message) => new AppError('internal.unexpected', { strip: refusalText(message) }),
  tookTooLong: 'took too long',
  crashed: 'crashed the strip maker',
};
