import type { Response } from 'express';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ArchiveName, ArchiveStore, ByteRange } from '../../zipping/archive-store.port.js';
import { signalOf } from '../http/request-signal.js';

/**
 * Streams a stored object or a range of it after the headers that are already set; HEAD gets only the
 * headers. A client that leaves is not a failure; any other error breaks the connection, so that a partial
 * file never looks complete.
 * @throws AppError `archive.not_found` before any byte
 */
export async function sendStored(
  store: ArchiveStore,
  name: ArchiveName,
  range: ByteRange | null,
  response: Response,
): Promise<void> {
  await sendStream((signal) => store.open(name, range, signal), response);
}

/** Ranges of a stored object, and bytes after them. */
export interface StoredParts {
  readonly name: ArchiveName;
  readonly parts: readonly ByteRange[];
  readonly rest: Buffer;
}

/** Streams ranges of a stored object and then other bytes. Otherwise like sendStored. */
export async function sendParts(
  store: ArchiveStore,
  { name, parts, rest }: StoredParts,
  response: Response,
): Promise<void> {
  await sendStream((signal) => store.openParts(name, parts, signal), response, rest);
}

async function sendStream(
  open: (signal: AbortSignal) => Promise<Readable>,
  response: Response,
  rest?: Buffer,
): Promise<void> {
  if (response.req.method === 'HEAD') return void response.end();
  const signal = signalOf(response);
  try {
    await pipeline(await open(signal), response, { signal, end: rest === undefined });
    if (rest !== undefined) response.end(rest);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
