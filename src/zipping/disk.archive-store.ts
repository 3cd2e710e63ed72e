import { createHash, randomBytes } from 'node:crypto';
import {
  access,
  constants,
  type FileHandle,
  open,
  opendir,
  readdir,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { AppError } from '../jobs/app-error.js';
import { diskErrorOf, makeFolder, onDisk } from '../jobs/disk-error.js';
import { errorCode } from '../jobs/error-code.js';
import type { JobId } from '../jobs/job.js';
import { type ArchiveName, ArchiveStore, type ByteRange, type StoredObject } from './archive-store.port.js';
import { BatchedWriter } from './batched-writer.js';
import { fileOf, folderOf, isJobId } from './object-path.js';

/** Keeps archives and thumbnails as files in `<folder>/<job id>/`. */
export class DiskArchiveStore extends ArchiveStore {
  /** @param folder made when it is first needed */
  constructor(private readonly folder: string) {
    super();
  }

  override async put(
    name: ArchiveName,
    content: Readable | Buffer,
    signal: AbortSignal,
  ): Promise<StoredObject> {
    const path = fileOf(this.folder, name);
    // Beside its place, so that the rename never crosses file systems.
    const aside = `${path}.${randomBytes(6).toString('hex')}.part`;
    try {
      // A power cut may take a thumbnail: whoever shows it does without.
      const isForced = !isThumbnail(path);
      const file = await create(aside);
      const stored = await writeWhole(file, content, isForced, signal);
      await rename(aside, path);
      if (isForced) await syncFolder(dirname(path));
      return stored;
    } catch (error) {
      if (!Buffer.isBuffer(content)) content.destroy();
      // Where the disk is the problem this fails as well; the first failure is the one to tell.
      await rm(aside, { force: true }).catch(() => null);
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
    const path = fileOf(this.folder, name);
    try {
      return await openToRead(path, range, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (errorCode(error) === 'ENOENT') throw new AppError('archive.not_found', {}, error);
      throw diskErrorOf(error);
    }
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
}

async function openToRead(path: string, range: ByteRange | null, signal: AbortSignal): Promise<Readable> {
  signal.throwIfAborted();
  const file = await open(path, 'r');
  if (signal.aborted) {
    await file.close();
    throw signal.reason;
  }
  const content = file.createReadStream({ ...range, signal, highWaterMark: 2 ** 18 });
  // The signal may abort before anybody reads, and an error that nobody hears ends the process. Who reads is told.
  return content.on('error', () => {});
}

function isThumbnail(path: string): boolean {
  return path.endsWith('.webp');
}

/** Opens a new file for writing, in a folder that is made with its first file. */
async function create(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    await makeFolder(dirname(path));
    return open(path, 'wx', 0o600);
  }
}

/** Writes a new file and closes it. @param isForced whether it is handed to the disk itself before the answer */
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
    await file.close();
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

/** Makes a rename outlive a power cut. */
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
