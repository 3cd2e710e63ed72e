import { ZipArchive } from 'archiver';
import { once } from 'node:events';
import { Readable } from 'node:stream';

/** One file of a zip, whole in memory: archiver packs buffers two to three times as fast as streams. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

/** DOS times in a zip begin in 1980. */
const EARLIEST = new Date('1980-01-01T00:00:00Z');
const FILE_MODE = 0o644;
const MAX_BUFFERED_BYTES = 2 ** 20;

/**
 * The entries as a zip, stored and not deflated: images do not get smaller. The next entry is asked for only
 * when the last one has been read, so memory does not grow with the job.
 *
 * @param modified what every entry says it was last changed at, UTC
 */
export function zipStream(entries: AsyncIterable<ZipEntry>, modified: Date): Readable {
  return Readable.from(zipChunks(entries, modified < EARLIEST ? EARLIEST : modified), {
    objectMode: false,
    highWaterMark: MAX_BUFFERED_BYTES,
  });
}

async function* zipChunks(entries: AsyncIterable<ZipEntry>, date: Date): AsyncGenerator<Buffer, void, void> {
  const zip = new ZipArchive({ store: true });
  // Without a listener an error between two reads would end the process; the next read reports it.
  zip.on('error', (error) => zip.destroy(error));
  try {
    for await (const { name, bytes } of entries) {
      zip.append(bytes, { name, date, mode: FILE_MODE });
      yield* atLeast(bytes.length, zip);
    }
    await zip.finalize();
    for await (const chunk of zip) yield chunk;
  } finally {
    zip.destroy();
  }
}

/** What can be read of `zip`, until `wantedBytes` have come: the entry's own headers make it more. */
async function* atLeast(wantedBytes: number, zip: ZipArchive): AsyncGenerator<Buffer, void, void> {
  let missingBytes = wantedBytes;
  while (missingBytes > 0) {
    if (zip.errored !== null) throw zip.errored;
    const chunk: Buffer | null = zip.read();
    if (chunk === null) await once(zip, 'readable');
    else {
      missingBytes -= chunk.length;
      yield chunk;
    }
  }
}
