import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { onDisk } from '../../jobs/disk/disk-error.js';

/** Chunks are collected up to this size before they are written: most images need one write. */
const WRITE_BYTES = 262_144;

/** A file during its download, hashed while it is written. */
export class PartFile {
  private readonly hash = createHash('sha256');
  private gathered: Buffer[] = [];
  private gatheredBytes = 0;
  private totalBytes = 0;
  private isMoved = false;

  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  /** @throws AppError `disk.full`, `disk.not_writable` */
  static async create(path: string): Promise<PartFile> {
    return new PartFile(path, await onDisk(() => open(path, 'wx', 0o600)));
  }

  get bytes(): number {
    return this.totalBytes;
  }

  /** @throws AppError `disk.full`, `disk.not_writable` */
  async write(chunk: Buffer): Promise<void> {
    this.hash.update(chunk);
    this.totalBytes += chunk.length;
    this.gathered.push(chunk);
    this.gatheredBytes += chunk.length;
    if (this.gatheredBytes >= WRITE_BYTES) await this.flush();
  }

  /**
   * Closes the complete file. It is not synced to disk: a process that dies loses nothing of it, and after a
   * power cut `WorkFolder.has` finds a short file, so that it is downloaded again.
   * @returns lower-case hex sha256
   */
  async finish(): Promise<string> {
    await this.flush();
    await onDisk(() => this.handle.close());
    return this.hash.digest('hex');
  }

  /** Moves the complete file to its final name. @throws AppError `disk.full`, `disk.not_writable` */
  async moveTo(path: string): Promise<void> {
    await onDisk(() => rename(this.path, path));
    this.isMoved = true;
  }

  /** Closes and deletes the file, at any time and more than once; a moved file stays where it is. */
  async discard(): Promise<void> {
    this.gathered = [];
    if (this.isMoved) return;
    await this.handle.close();
    await rm(this.path, { force: true });
  }

  private async flush(): Promise<void> {
    const chunks = this.gathered;
    this.gathered = [];
    this.gatheredBytes = 0;
    if (chunks.length > 0) await onDisk(() => writeAll(this.handle, chunks));
  }
}

/** `writev` may write only a part, e.g. on a nearly full disk. */
async function writeAll(handle: FileHandle, chunks: readonly Buffer[]): Promise<void> {
  const wanted = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const { bytesWritten } = await handle.writev([...chunks]);
  if (bytesWritten < wanted) await handle.writeFile(Buffer.concat(chunks).subarray(bytesWritten));
}
