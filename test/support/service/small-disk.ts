import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from '../../../src/jobs/error-code.js';

/** A file system of its own, so small that a test can fill it; only root can mount one. */
export class SmallDisk {
  /** Where it is mounted. */
  readonly path: string;
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.path = join(folder, 'disk');
  }

  /** Mounts a disk. @throws Error where that is not allowed */
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

  /** @returns why no disk can be mounted here; null where one can */
  static whyNot(): string | null {
    try {
      SmallDisk.mount(1, 10).unmount();
      return null;
    } catch (error) {
      return error instanceof Error ? error.message.replaceAll(/\s+/g, ' ').slice(0, 120) : String(error);
    }
  }

  /** Takes all space but `leftBytes`. */
  async fillUp(leftBytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.path);
    const bytes = Math.max(0, bavail * bsize - leftBytes);
    unlessFull(() => writeFileSync(join(this.path, 'ballast'), Buffer.alloc(bytes, 1)));
  }

  /** Takes all inodes but a few. */
  async useUpInodes(left: number): Promise<void> {
    const { ffree } = await statfs(this.path);
    unlessFull(() => {
      for (let number = 0; number < ffree - left; number += 1)
        writeFileSync(join(this.path, `ballast-${number}`), '');
    });
  }

  /** Gives everything back that was taken. */
  async makeRoom(): Promise<void> {
    const ballast = (await readdir(this.path)).filter((name) => name.startsWith('ballast'));
    for (const name of ballast) await rm(join(this.path, name));
  }

  unmount(): void {
    execFileSync('umount', ['-l', this.path], { stdio: 'pipe' });
    rmSync(this.#folder, { recursive: true });
  }
}

/** Where somebody else wrote meanwhile, nothing is left all the same. */
function unlessFull(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (errorCode(error) !== 'ENOSPC') throw error;
  }
}

/** A folder that nothing can be written to, not even by root. Give it back by `uncover`. */
export function coverReadOnly(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', folder], { stdio: 'pipe' });
}

/** Shows again what was covered. */
export function uncover(folder: string): void {
  execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
}
