import { Injectable } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, isAppError } from '../jobs/app-error.js';
import { Clock } from '../jobs/clock.port.js';
import { ImageMemory } from '../imaging/image-memory.js';
import type { ImageRecord } from '../jobs/image-record.js';
import type { Archive, Job } from '../jobs/job.js';
import { changesFiles, type Output } from '../jobs/request/output.js';
import { ArchiveStore, archiveName } from './archive-store.port.js';
import { companionsOf } from './companions.js';
import { entryNamer } from './entry-names.js';
import { ImageConversion } from '../imaging/converting/image-conversion.js';
import { type KeptImage, keptImages } from './kept-image.js';
import { placer } from './layouts/layouts.js';
import { type ManifestFile, manifestFile, manifestOf, type RunFacts } from './manifest.js';
import { type ConvertImage, packImage, type PackedImage } from './packed-image.js';
import { readAhead } from './read-ahead.js';
import { type ZipEntry, zipStream } from './zip-stream.js';

/** Enough to hide the time for opening a file, and little enough for the memory of a large job. */
const READ_AHEAD_BYTES = 4 * 2 ** 20;
/** Two large photos or many small ones, decoded. */
const CONVERT_AHEAD_BYTES = 64 * 2 ** 20;
const BYTES_PER_PIXEL = 3;

/** An archive to pack. */
export interface ArchiveOrder extends RunFacts {
  /** As begun by this run: its epoch is in the archive's name. */
  readonly job: Job;
  /** Only kept records are packed. */
  readonly kept: readonly ImageRecord[];
  /** Reads the bytes of a kept image. */
  readonly read: (image: ImageRecord) => Promise<Buffer>;
}

/** Packs the kept images of a run with their manifests and contact sheet, and stores the zip. */
@Injectable()
export class ArchiveBuilder {
  constructor(
    private readonly archives: ArchiveStore,
    private readonly clock: Clock,
    private readonly memory: ImageMemory,
  ) {}

  /**
   * Stores the zip under the run's own name; it appears only when it is whole.
   * @throws AppError `archive.failed`, and what ArchiveStore.put throws; the signal's reason
   */
  async build(order: ArchiveOrder, signal: AbortSignal): Promise<Archive> {
    const { id, epoch, request } = order.job;
    const packedAt = this.clock.now();
    const conversion = new ImageConversion(this.memory);
    const stopConverting = (): void => conversion.end();
    const convertImage: ConvertImage = (task) => conversion.convert(task, signal);
    signal.addEventListener('abort', stopConverting, { once: true });
    try {
      const name = archiveName(id, epoch);
      const modified = { at: packedAt, timeZone: request.timeZone };
      const zip = zipStream(entriesOf(order, packedAt, convertImage), modified);
      return { name, ...(await this.archives.put(name, zip, signal)) };
    } catch (error) {
      signal.throwIfAborted();
      throw isAppError(error) ? error : new AppError('archive.failed', { epoch }, error);
    } finally {
      signal.removeEventListener('abort', stopConverting);
      conversion.end();
    }
  }
}

async function* entriesOf(
  order: ArchiveOrder,
  packedAt: number,
  convertImage: ConvertImage,
): AsyncGenerator<ZipEntry, void, void> {
  // The packer was just loaded, and old records may be long: others have their turn in between.
  await nextTurn();
  const kept = keptImages(order.kept);
  await nextTurn();
  const { query, output = {} } = order.job.request;
  const placeOf = placer(kept, order.job.request);
  const nameOf = entryNamer({ count: kept.length, query, pattern: output.namePattern });
  const pack = async (image: KeptImage): Promise<PackedImage> =>
    packImage(image, await readWhole(image, order), output, convertImage);
  const files: ManifestFile[] = [];
  for await (const packed of readAhead(kept, { read: pack, ...roomFor(output) })) {
    const { folder, facts } = placeOf(packed.image);
    const name =
      folder + nameOf({ candidate: packed.image.candidate, file: packed.file, query: facts.query });
    files.push(manifestFile(packed, name, facts));
    yield { name, bytes: packed.bytes };
  }
  yield* await companionsOf(manifestOf(order.job, files, order, packedAt));
}

/** How far ahead images are read; images to convert count with their decoded size. */
function roomFor(output: Output) {
  return changesFiles(output)
    ? {
        maxBytes: CONVERT_AHEAD_BYTES,
        bytesOf: ({ outcome: { file } }: KeptImage) => file.width * file.height * BYTES_PER_PIXEL,
      }
    : { maxBytes: READ_AHEAD_BYTES, bytesOf: ({ outcome: { file } }: KeptImage) => file.bytes };
}

async function readWhole(image: KeptImage, order: ArchiveOrder): Promise<Buffer> {
  const bytes = await order.read(image);
  const expected = image.outcome.file.bytes;
  if (bytes.length === expected) return bytes;
  throw new AppError('archive.failed', { expected, found: bytes.length, sha256: image.outcome.file.sha256 });
}
