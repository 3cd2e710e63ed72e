import type { Response } from 'express';
import { pipeline } from 'node:stream/promises';
import type { ArchiveName, ArchiveStore, ByteRange } from '../../zipping/archive-store.port.js';
import { signalOf } from '../http/request-signal.js';

/**
 * Streams a stored object, or a part of it, behind the headers that were set; HEAD gets these alone. A client that
 * leaves is no failure; anything else breaks the connection, so that no part looks whole.
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
