import { createHash } from 'node:crypto';
import { access, constants, type FileHandle, open, opendir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { AppError } from '../jobs/app-error.js';
import { diskErrorOf, makeFolder, onDisk } from '../jobs/disk/disk-error.js';
import { writeAside } from '../jobs/disk/write-aside.js';
import { errorCode } from '../jobs/error-code.js';
import type { JobId } from '../jobs/job.js';
import { type ArchiveName, ArchiveStore, type ByteRange, type StoredObject } from './archive-store.port.js';
import { BatchedWriter } from './batched-writer.js';
import { partsStream } from './reading/parts-stream.js';
import { fileOf, folderOf, isJobId } from './object-path.js';

/** Keeps archives and thumbnails as files in `<folder>/<job id>/`. */
export class DiskArchiveStore extends ArchiveStore {
  /** @param folder is created when first needed */
  constructor(private readonly folder: string) {
    super();
  }

  override async put(
    name: ArchiveName,
    content: Readable | Buffer,
    signal: AbortSignal,
  ): Promise<StoredObject> {
    const path = fileOf(this.folder, name);
    // Thumbnails may be lost in a power cut: pages work without them.
    const isForced = !isThumbnail(path);
    try {
      const stored = await writeAside(path, (file) => writeWhole(file, content, isForced, signal));
      if (isForced) await syncFolder(dirname(path));
      return stored;
    } catch (error) {
      if (!Buffer.isBuffer(content)) content.destroy();
      signal.throwIfAborted();
      throw diskErrorOf(error);
    }
  }

  override async size(name: ArchiveName): Promise<number | null> {
    try {
      return (await stat(fileOf(this.folder, name))).size;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw diskErrorOf(error);
    }
  }

  override async open(name: ArchiveName, range: ByteRange | null, signal: AbortSignal): Promise<Readable> {
    const file = await this.openFile(name, signal);
    return quiet(file.createReadStream({ ...range, signal, highWaterMark: 2 ** 18 }));
  }

  override async openParts(
    name: ArchiveName,
    parts: readonly ByteRange[],
    signal: AbortSignal,
  ): Promise<Readable> {
    return quiet(partsStream(await this.openFile(name, signal), parts, signal));
  }

  override async delete(name: ArchiveName): Promise<void> {
    await removing(fileOf(this.folder, name));
  }

  override async deleteOthers(id: JobId, keep: ArchiveName): Promise<void> {
    const kept = fileOf(this.folder, keep);
    await onDisk(async () => {
      for (const path of await filesBelow(folderOf(this.folder, id)))
        if (path !== kept && !isThumbnail(path)) await removing(path);
    });
  }

  override async deleteAll(id: JobId): Promise<void> {
    await removing(folderOf(this.folder, id));
  }

  override async *jobs(): AsyncIterable<JobId> {
    try {
      for await (const entry of await opendir(this.folder)) {
        if (entry.isDirectory() && isJobId(entry.name)) yield entry.name;
      }
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw diskErrorOf(error);
    }
  }

  override async ping(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await onDisk(async () => {
      await makeFolder(this.folder);
      await access(this.folder, constants.W_OK | constants.X_OK);
    });
  }

  private async openFile(name: ArchiveName, signal: AbortSignal): Promise<FileHandle> {
    const path = fileOf(this.folder, name);
    try {
      signal.throwIfAborted();
      const file = await open(path, 'r');
      if (signal.aborted) await file.close();
      signal.throwIfAborted();
      return file;
    } catch (error) {
      signal.throwIfAborted();
      if (errorCode(error) === 'ENOENT') throw new AppError('archive.not_found', {}, error);
      throw diskErrorOf(error);
    }
  }
}

/**
 * The signal may abort before the stream is read, and an unheard error would end the process. Readers still
 * get it.
 */
function quiet(content: Readable): Readable {
  return content.on('error', () => {});
}

function isThumbnail(path: string): boolean {
  return path.endsWith('.webp');
}

/** Writes a whole file. @param isForced whether to sync its data to the disk */
async function writeWhole(
  file: FileHandle,
  content: Readable | Buffer,
  isForced: boolean,
  signal: AbortSignal,
): Promise<StoredObject> {
  const hash = createHash('sha256');
  let bytes = 0;
  const writer = new BatchedWriter(file);
  try {
    for await (const piece of piecesOf(content, signal)) {
      hash.update(piece);
      bytes += piece.length;
      await writer.write(piece);
    }
    await writer.finish();
    if (isForced) await file.datasync();
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    await writer.settle();
  }
}

function piecesOf(
  content: Readable | Buffer,
  signal: AbortSignal,
): AsyncIterable<Buffer> | readonly Buffer[] {
  signal.throwIfAborted();
  return Buffer.isBuffer(content) ? [content] : addAbortSignal(signal, content);
}

async function filesBelow(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Makes a rename survive a power cut. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function removing(path: string): Promise<void> {
  return onDisk(() => rm(path, { recursive: true, force: true }));
}
