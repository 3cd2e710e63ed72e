import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from '../../../src/jobs/error-code.js';

/** A file system small enough for a test to fill; only root can mount one. */
export class SmallDisk {
  /** Mount point. */
  readonly path: string;
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.path = join(folder, 'disk');
  }

  /** Mounts a disk. @throws Error if that is not allowed */
  static mount(megabytes: number, inodes: number): SmallDisk {
    const disk = new SmallDisk(mkdtempSync(join(tmpdir(), 'ij-disk-')));
    mkdirSync(disk.path);
    const options = `size=${megabytes}m,nr_inodes=${inodes},mode=700`;
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk.path], { stdio: 'pipe' });
    } catch (error) {
      rmSync(disk.#folder, { recursive: true });
      throw error;
    }
    return disk;
  }

  /** @returns why no disk can be mounted here; null if one can */
  static whyNot(): string | null {
    try {
      SmallDisk.mount(1, 10).unmount();
      return null;
    } catch (error) {
      return error instanceof Error ? error.message.replaceAll(/\s+/g, ' ').slice(0, 120) : String(error);
    }
  }

  /** Uses all space except `leftBytes`. */
  async fillUp(leftBytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.path);
    const bytes = Math.max(0, bavail * bsize - leftBytes);
    unlessFull(() => writeFileSync(join(this.path, 'ballast'), Buffer.alloc(bytes, 1)));
  }

  /** Uses all inodes except `left`. */
  async useUpInodes(left: number): Promise<void> {
    const { ffree } = await statfs(this.path);
    unlessFull(() => {
      for (let number = 0; number < ffree - left; number += 1)
        writeFileSync(join(this.path, `ballast-${number}`), '');
    });
  }

  /** Frees all the space and inodes that were used. */
  async makeRoom(): Promise<void> {
    const ballast = (await readdir(this.path)).filter((name) => name.startsWith('ballast'));
    for (const name of ballast) await rm(join(this.path, name));
  }

  unmount(): void {
    execFileSync('umount', ['-l', this.path], { stdio: 'pipe' });
    rmSync(this.#folder, { recursive: true });
  }
}

/** Ignores that the disk is full already: another process may have written to it meanwhile. */
function unlessFull(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (errorCode(error) !== 'ENOSPC') throw error;
  }
}

/** Makes a folder read-only, even for root. Undo it with `uncover`. */
export function coverReadOnly(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', folder], { stdio: 'pipe' });
}

/** Undoes `coverReadOnly`. */
export function uncover(folder: string): void {
  execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
}
