import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { withDeadline } from './deadline.js';

const MAX_LINES = 20;
const MAX_CHARACTERS = 2000;
/** More than the last lines take: those that tell nothing are dropped from it first. */
const HELD_CHARACTERS = 16_000;
/** How long the end of the output is waited for after everything that wrote to it was killed. */
const END_WITHIN_MS = 1000;
const MAX_TELLING_CHARACTERS = 300;

/** Addresses of functions and contents of registers, which tell nothing without the program's symbols. */
const STACK_TRACE = /^\s*#\d+ |^\[end of stack trace\]|^(?:\s*\w{2,3}: [\da-f]{16})+$/;
/** Colours, and every other control character. */
const UNPRINTABLE = /\p{Cc}(?:\[[\d;]*[A-Za-z])?/gu;
/** What a Chrome that is well says too. */
const EVERYDAY =
  /:(?:INFO|VERBOSE\d*|WARNING):|:ERROR:(?:dbus|third_party\/crashpad)\/|^DevTools listening on /;

/** The last lines of what a process says, however much it says. */
export class OutputTail {
  private held = '';

  constructor(private readonly output: Readable) {
    output.setEncoding('utf8').on('data', this.hold);
  }

  /** The last lines of a process that was ended, see `lastLinesOf`. */
  async linesAtEnd(): Promise<string[]> {
    // Where something cannot be killed and keeps the output open, what was said until now has to do.
    await withDeadline(finished(this.output), END_WITHIN_MS).catch(() => undefined);
    return lastLinesOf(this.held);
  }

  /** Holds nothing back any more. The output is read on, or the process would block one day. */
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
 * The line that most likely says why a browser ended: what Chrome calls fatal, else the last one that it does not say
 * every day.
 * @returns at most 300 characters, or null where nothing was said
 */
export function tellingLineOf(lines: readonly string[]): string | null {
  const unusual = lines.filter((line) => !EVERYDAY.test(line));
  const telling = lines.findLast((line) => line.includes(':FATAL:')) ?? unusual.at(-1) ?? lines.at(-1);
  return telling?.slice(0, MAX_TELLING_CHARACTERS) ?? null;
}
