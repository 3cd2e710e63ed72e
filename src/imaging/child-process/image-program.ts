import { fileURLToPath } from 'node:url';
import type { Message } from './message-frames.js';

/** Threads of libuv's pool in a child process: more images at a time would only wait for each other. */
export const POOL_THREADS = 4;

/** A program that handles images in a child process. */
export interface ImageProgram<Result> {
  /** Its name in errors, e.g. `image decoder`. */
  readonly name: string;
  /** Absolute path of its script. */
  readonly script: string;
  /** Maximum concurrent images. */
  readonly atATime: number;
  /** Deadline of one image, without the time it waits for memory. */
  readonly deadlineMs: number;
  /** The process ends after this long without work, so that an idle service is small. */
  readonly idleMs: number;
  /** Longer answers count as nonsense, as do those longer than all memory for images. */
  readonly maxAnswerBytes: number;
  /**
   * Reads the answer to one image. The process handles hostile bytes, so its answer is not trusted.
   * @returns the refusal if the image is not wanted after all, or null if the answer is nonsense
   */
  readonly read: (answer: Message) => Result | Error | null;
  /** The error of an image that was refused. @param message from the program, or one of the two below */
  readonly refusal: (message: string) => Error;
  readonly tookTooLong: string;
  readonly crashed: string;
}

/** @returns the path of a program, compiled or not @param name below `imaging/`, e.g. `decoding/decode-child` */
export function childScript(name: string): string {
  const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  return fileURLToPath(new URL(`../${name}${extension}`, import.meta.url));
}
