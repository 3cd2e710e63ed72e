import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Changes with the brush, so that pictures of an earlier version are not found on disk. */
const BRUSH = 'b2';

/** Keeps painted files: in memory up to a number of bytes, and on disk if a folder is given. */
export class PictureShelf {
  readonly #maxBytes: number;
  readonly #folder: string | null;
  /** Oldest first, as a Map keeps its order. */
  readonly #kept = new Map<string, Promise<Buffer>>();
  #bytes = 0;

  /**
   * @param maxBytes most bytes kept in memory; the least recently used file is dropped first
   * @param folder where files outlive the process; null: nowhere
   */
  constructor(maxBytes: number, folder: string | null) {
    this.#maxBytes = maxBytes;
    this.#folder = folder;
  }

  /** @returns the file named `key`, made once by `make` for any number of concurrent callers */
  take(key: string, make: () => Promise<Buffer>): Promise<Buffer> {
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept;
    }
    const making = this.#fromDiskOr(key, make).then((file) => {
      this.#bytes += file.length;
      return file;
    });
    this.#kept.set(key, making);
    making.then(
      () => this.#makeRoom(),
      () => this.#kept.delete(key),
    );
    return making;
  }

  async #fromDiskOr(key: string, make: () => Promise<Buffer>): Promise<Buffer> {
    if (this.#folder === null) return make();
    const name = createHash('sha256').update(`${BRUSH} ${key}`).digest('hex');
    const path = join(this.#folder, name);
    const stored = await readIfThere(path);
    if (stored !== null) return stored;
    const made = await make();
    await mkdir(this.#folder, { recursive: true });
    // Write a temporary file first: another replica may be reading the same folder.
    await writeFile(`${path}.${process.pid}`, made);
    await rename(`${path}.${process.pid}`, path);
    return made;
  }

  async #makeRoom(): Promise<void> {
    for (const [key, file] of this.#kept) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#kept.delete(key);
      this.#bytes -= (await file).length;
    }
  }
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
