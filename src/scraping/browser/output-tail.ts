import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { withDeadline } from './deadline.js';

const MAX_LINES = 20;
const MAX_CHARACTERS = 2000;
/** More than the last lines need; meaningless lines are dropped first. */
const HELD_CHARACTERS = 16_000;
/** How long to wait for the end of the output after all its writers were killed. */
const END_WITHIN_MS = 1000;
const MAX_TELLING_CHARACTERS = 300;

/** Addresses of functions and contents of registers, which mean nothing without the program's symbols. */
const STACK_TRACE = /^\s*#\d+ |^\[end of stack trace\]|^(?:\s*\w{2,3}: [\da-f]{16})+$/;
/** Colours, and every other control character. */
const UNPRINTABLE = /\p{Cc}(?:\[[\d;]*[A-Za-z])?/gu;
/** Messages of a healthy Chrome. */
const EVERYDAY =
  /:(?:INFO|VERBOSE\d*|WARNING):|:ERROR:(?:dbus|third_party\/crashpad)\/|^DevTools listening on /;

/** The last lines of a process's output, however long it is. */
export class OutputTail {
  private held = '';

  constructor(private readonly output: Readable) {
    output.setEncoding('utf8').on('data', this.hold);
  }

  /** The last lines of an ended process, see `lastLinesOf`. */
  async linesAtEnd(): Promise<string[]> {
    // A process that cannot be killed keeps the output open: take the output so far.
    await withDeadline(finished(this.output), END_WITHIN_MS).catch(() => undefined);
    return lastLinesOf(this.held);
  }

  /** Keeps nothing any more. The output is still read, or the process would block one day. */
  forget(): void {
    this.output.off('data', this.hold).resume();
    this.held = '';
  }

  private readonly hold = (chunk: string): void => {
    this.held = (this.held + chunk).slice(-HELD_CHARACTERS);
  };
}

/** The last printable lines of a text without its stack traces: at most 20, and 2,000 characters. */
export function lastLinesOf(text: string): string[] {
  const lines = text
    .split('\n')
    .map((line) => line.replace(UNPRINTABLE, ' ').trim())
    .filter((line) => line !== '' && !STACK_TRACE.test(line));
  return lines.slice(-MAX_LINES).join('\n').slice(-MAX_CHARACTERS).split('\n').filter(Boolean);
}

/**
 * The line that most likely tells why a browser ended: a fatal error, else the last one that a healthy Chrome
 * does not write.
 * @returns at most 300 characters, or null if there was no output
 */
export function tellingLineOf(lines: readonly string[]): string | null {
  const unusual = lines.filter((line) => !EVERYDAY.test(line));
  const telling = lines.findLast((line) => line.includes(':FATAL:')) ?? unusual.at(-1) ?? lines.at(-1);
  return telling?.slice(0, MAX_TELLING_CHARACTERS) ?? null;
}
