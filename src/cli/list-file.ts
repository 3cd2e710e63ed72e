import { createReadStream } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { errorCode } from '../jobs/error-code.js';
import { MAX_LIST_BYTES } from '../jobs/request/main-fields.js';
import { type ProblemCode, type ProblemFacts, wordProblem } from '../validation/problem-wording.js';
import { withColumnNames } from '../validation/queries/query-table.js';

/** The value of `--from` for standard input. */
const FROM_INPUT = '-';

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EISDIR: 'it is a folder',
};

/** A list that cannot be read, with the reason in plain words. */
export class ListRefused extends Error {
  constructor(
    readonly code: 'from.not_readable' | ProblemCode,
    message: string,
  ) {
    super(message);
    this.name = 'ListRefused';
  }
}

/** The name of a list for messages. @param from the value of `--from` */
export function listName(from: string): string {
  return from === FROM_INPUT ? 'standard input' : from;
}

/**
 * Reads the lines of a list.
 * @param from a path relative to `folder`, or `-`
 * @throws ListRefused
 * @throws Error with the name AbortError when `signal` aborts
 */
export async function readList(
  from: string,
  folder: string,
  stdin: Readable,
  signal: AbortSignal,
): Promise<string> {
  const stream = from === FROM_INPUT ? stdin : createReadStream(resolve(folder, from));
  const text = textOf(await bytesOf(stream, signal));
  return /\.csv$/iu.test(basename(from)) ? withColumnNames(text) : text;
}

async function bytesOf(stream: Readable, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const stop = (): void =>
    void stream.destroy(new DOMException('The list is not needed any more', 'AbortError'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    for await (const chunk of stream) {
      const read = Buffer.from(chunk);
      bytes += read.length;
      if (bytes > MAX_LIST_BYTES) throw refused('queries.file_too_large', { max: MAX_LIST_BYTES / 1000 });
      chunks.push(read);
    }
  } catch (error) {
    const code = errorCode(error);
    if (error instanceof ListRefused || code === null || signal.aborted) throw error;
    const why = WHY[code] ?? (error instanceof Error ? error.message : code);
    throw new ListRefused('from.not_readable', `The list cannot be read: ${why}.`);
  } finally {
    signal.removeEventListener('abort', stop);
    stream.destroy();
  }
  return Buffer.concat(chunks);
}

function textOf(bytes: Buffer): string {
  const text = decoded(bytes);
  if (text === null) throw refused('queries.not_text');
  if (text.trim() === '') throw refused('queries.file_empty');
  return text;
}

/** @returns null for bytes that are not UTF-8 */
function decoded(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function refused(code: ProblemCode, facts: ProblemFacts = {}): ListRefused {
  return new ListRefused(code, wordProblem(code, facts));
}
