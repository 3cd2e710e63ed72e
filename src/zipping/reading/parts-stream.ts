import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AppError } from '../../jobs/app-error.js';
import type { ByteRange } from '../archive-store.port.js';

const PIECE_BYTES = 2 ** 18;
/** One piece is read while the one before is sent. */
const PIECES_AHEAD = 1;

/**
 * Reads parts of a file one after the other, and closes it when the stream ends or is destroyed. Fails with
 * AppError `archive.failed` if the file is shorter.
 */
export function partsStream(file: FileHandle, parts: readonly ByteRange[], signal: AbortSignal): Readable {
  const content = Readable.from(piecesOf(file, parts), { highWaterMark: PIECES_AHEAD, signal });
  // Not in the generator: one that was never begun is not ended either.
  return content.once('close', () => {
    file.close().catch(() => null);
  });
}

async function* piecesOf(file: FileHandle, parts: readonly ByteRange[]): AsyncGenerator<Buffer, void, void> {
  for (const { start, end } of parts) {
    for (let at = start; at <= end;) {
      const length = Math.min(PIECE_BYTES, end + 1 - at);
      const piece = Buffer.allocUnsafeSlow(length);
      const { bytesRead } = await file.read(piece, 0, length, at);
      if (bytesRead === 0) throw new AppError('archive.failed', { reason: 'cut off' });
      yield piece.subarray(0, bytesRead);
      at += bytesRead;
    }
  }
}
