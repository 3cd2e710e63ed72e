import type { Response } from 'express';
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
  if (response.req.method === 'HEAD') return void response.end();
  const signal = signalOf(response);
  try {
    await pipeline(await store.open(name, range, signal), response, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
