import { Injectable } from '@nestjs/common';
import { AppError, isAppError } from '../jobs/app-error.js';
import { Clock } from '../jobs/clock.port.js';
import type { ImageRecord } from '../jobs/image-record.js';
import type { Archive, Job, ShortfallEntry } from '../jobs/job.js';
import { ArchiveStore, archiveName } from './archive-store.port.js';
import { contactSheet } from './contact-sheet.js';
import { type KeptImage, keptImages } from './kept-image.js';
import { manifestCsv } from './manifest-csv.js';
import { type Manifest, manifestOf } from './manifest.js';
import { readAhead } from './read-ahead.js';
import { type ZipEntry, zipStream } from './zip-stream.js';

/** Enough to hide what opening a file takes, little enough for the memory of a large job. */
const READ_AHEAD_BYTES = 4 * 2 ** 20;

/** What is to be packed. */
export interface ArchiveOrder {
  /** As begun by this run: its epoch names the archive. */
  readonly job: Job;
  /** Records that are not kept are left out. */
  readonly kept: readonly ImageRecord[];
  readonly shortfall: readonly ShortfallEntry[];
  /** The bytes of a kept image. */
  readonly read: (image: ImageRecord) => Promise<Buffer>;
}

/** Packs the kept images of a run with their manifests and contact sheet, and stores the zip. */
@Injectable()
export class ArchiveBuilder {
  constructor(
    private readonly archives: ArchiveStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores the zip under the run's own name; it appears only when it is whole.
   * @throws AppError `archive.failed`, and what ArchiveStore.put throws; the signal's reason when it aborts
   */
  async build(order: ArchiveOrder, signal: AbortSignal): Promise<Archive> {
    const { id, epoch } = order.job;
    const packedAt = this.clock.now();
    try {
      const name = archiveName(id, epoch);
      const zip = zipStream(entriesOf(order, packedAt), new Date(packedAt));
      return { name, ...(await this.archives.put(name, zip, signal)) };
    } catch (error) {
      signal.throwIfAborted();
      throw isAppError(error) ? error : new AppError('archive.failed', { epoch }, error);
    }
  }
}

async function* entriesOf(order: ArchiveOrder, packedAt: number): AsyncGenerator<ZipEntry, void, void> {
  const kept = keptImages(order.kept);
  const manifest = manifestOf(order.job, kept, order.shortfall, packedAt);
  const ahead = {
    read: (image: KeptImage) => readWhole(image, order),
    bytesOf: ({ outcome }: KeptImage) => outcome.file.bytes,
    maxBytes: READ_AHEAD_BYTES,
  };
  let index = 0;
  for await (const bytes of readAhead(kept, ahead)) {
    yield { name: manifest.files[index++]?.file ?? '', bytes };
  }
  yield* companions(manifest);
}

async function readWhole(image: KeptImage, order: ArchiveOrder): Promise<Buffer> {
  const bytes = await order.read(image);
  const expected = image.outcome.file.bytes;
  if (bytes.length === expected) return bytes;
  throw new AppError('archive.failed', { expected, found: bytes.length, sha256: image.outcome.file.sha256 });
}

function companions(manifest: Manifest): ZipEntry[] {
  return [
    { name: 'manifest.csv', bytes: Buffer.from(manifestCsv(manifest)) },
    { name: 'manifest.json', bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) },
    { name: 'index.html', bytes: Buffer.from(contactSheet(manifest)) },
  ];
}
