import type { ZipArchive } from 'archiver';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { addTimestamps, type EntryTime, wallClock } from './entry-times.js';

/** One file of a zip, fully in memory: archiver packs buffers two to three times as fast as streams. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

const FILE_MODE = 0o644;
const MAX_WAITING_PIECES = 1;
const SMALL_BYTES = 2 ** 14;

/**
 * A zip of the entries, stored without compression: images do not get smaller. The next entry is pulled only
 * when the last one was read, so memory does not grow with the job.
 * @param modified time of the last change of all entries
 */
export function zipStream(entries: AsyncIterable<ZipEntry>, modified: EntryTime): Readable {
  // In pieces, not bytes: a byte stream would copy waiting pieces into one.
  return Readable.from(zipChunks(entries, modified), { highWaterMark: MAX_WAITING_PIECES });
}

async function* zipChunks(
  entries: AsyncIterable<ZipEntry>,
  modified: EntryTime,
): AsyncGenerator<Buffer, void, void> {
  const zip = await newZip();
  addTimestamps(zip, modified);
  const date = wallClock(modified);
  const ready: Buffer[] = [];
  // Listening passes each piece on unchanged; reading would copy the pieces into one.
  zip.on('data', (piece) => ready.push(piece));
  // Without a listener, an error while an entry is awaited would end the process; `failIfBroken` reports it.
  zip.on('error', (error) => zip.destroy(error));
  try {
    for await (const { name, bytes } of entries) {
      failIfBroken(zip);
      const isPacked = once(zip, 'entry');
      zip.append(bytes, { name, date, mode: FILE_MODE });
      await isPacked;
      yield* joinSmall(ready.splice(0));
    }
    failIfBroken(zip);
    await Promise.all([once(zip, 'end'), zip.finalize()]);
    yield* joinSmall(ready);
  } finally {
    zip.destroy();
  }
}

/** The packer is loaded with the first zip, since an idle service does not need it. */
async function newZip(): Promise<ZipArchive> {
  const [{ ZipArchive }, { useNativeChecksums }] = await Promise.all([
    import('archiver'),
    import('./native-checksums.js'),
  ]);
  useNativeChecksums();
  return new ZipArchive({ store: true });
}

function failIfBroken(zip: ZipArchive): void {
  if (zip.errored !== null) throw zip.errored;
}

/**
 * Joins small pieces: headers come in pieces of a few bytes, each of which would cost as much as an image.
 */
function* joinSmall(pieces: readonly Buffer[]): Generator<Buffer, void, void> {
  let small: Buffer[] = [];
  for (const piece of pieces) {
    if (piece.length < SMALL_BYTES) small.push(piece);
    else {
      if (small.length > 0) yield Buffer.concat(small);
      small = [];
      yield piece;
    }
  }
  if (small.length > 0) yield Buffer.concat(small);
}
