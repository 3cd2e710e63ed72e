import { randomBytes } from 'node:crypto';
import { constants, createWriteStream } from 'node:fs';
import { access, copyFile, link, lstat, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { errorCode } from '../jobs/error-code.js';

/** Longest part of a file's name in the name of its temporary file, in characters: disks limit names. */
const LONGEST_ASIDE = 40;
const WITHOUT_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** A destination that cannot be written to, with the reason in plain words. */
export class DestinationRefused extends Error {
  /** @param code stable code for programs */
  constructor(
    readonly code: 'out.exists' | 'out.not_writable' | 'out.terminal',
    message: string,
  ) {
    super(message);
    this.name = 'DestinationRefused';
  }
}

/** The destination of a job's zip. */
export interface Destination {
  /** Absolute path; null if there is no file. */
  readonly path: string | null;
  /** Checks before the job starts that the zip can be written. @throws DestinationRefused */
  check(): Promise<void>;
  /** Writes the zip. @throws DestinationRefused */
  write(zip: Readable): Promise<void>;
}

/** Standard output; a terminal is refused. */
export class OutputDestination implements Destination {
  readonly path = null;

  constructor(private readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean }) {}

  async check(): Promise<void> {
    if (this.stdout.isTTY !== true) return;
    throw new DestinationRefused(
      'out.terminal',
      'a zip is nothing for a terminal. Send it to a program or a file, e.g. --out - | bsdtar -tf -',
    );
  }

  async write(zip: Readable): Promise<void> {
    try {
      await pipeline(zip, this.stdout, { end: false });
    } catch (error) {
      throw refusedBy(error, 'standard output');
    }
  }
}

/** A file that appears only when it is complete. */
export class FileDestination implements Destination {
  readonly path: string;
  private readonly folder: string;
  private readonly isFolderName: boolean;

  /**
   * @param name path as given, relative to `here`
   * @param mayReplace whether an existing file is overwritten
   */
  constructor(
    name: string,
    here: string,
    private readonly mayReplace: boolean,
  ) {
    this.path = resolve(here, name);
    this.folder = dirname(this.path);
    this.isFolderName = name.endsWith(sep);
  }

  async check(): Promise<void> {
    try {
      await this.checkPlace();
      const aside = asideOf(await this.target());
      await (await open(aside, 'wx')).close();
      await rm(aside, { force: true });
    } catch (error) {
      throw refusedBy(error, this.folder);
    }
  }

  async write(zip: Readable): Promise<void> {
    try {
      const target = await this.target();
      const aside = asideOf(target);
      try {
        await pipeline(zip, createWriteStream(aside, { flags: 'wx' }));
        await (this.mayReplace ? rename(aside, target) : placeNew(aside, target));
      } finally {
        await rm(aside, { force: true });
      }
    } catch (error) {
      zip.destroy();
      throw errorCode(error) === 'EEXIST' ? this.taken() : refusedBy(error, this.folder);
    }
  }

  private async checkPlace(): Promise<void> {
    if (!(await stat(this.folder).catch(absent))?.isDirectory())
      throw new DestinationRefused('out.not_writable', `there is no folder ${this.folder}. Make it first.`);
    const there = await lstat(this.path).catch(absent);
    const meant = there === null ? null : await stat(this.path).catch(absent);
    if (this.isFolderName || meant?.isDirectory() === true)
      throw new DestinationRefused('out.not_writable', `${this.path} is a folder. Name a file in it.`);
    if (there === null) return;
    if (meant !== null && !meant.isFile())
      throw new DestinationRefused(
        'out.not_writable',
        `${this.path} is no file. --out - writes to standard output.`,
      );
    if (!this.mayReplace) throw this.taken();
    if (meant !== null) await access(this.path, constants.W_OK);
  }

  private taken(): DestinationRefused {
    const message = `${this.path} is there already. Name another file, or add --force to overwrite it.`;
    return new DestinationRefused('out.exists', message);
  }

  /** Follows a symbolic link, so that the file behind it is replaced and the link stays. */
  private async target(): Promise<string> {
    return (this.mayReplace ? await realpath(this.path).catch(absent) : null) ?? this.path;
  }
}

/**
 * The path of a temporary file with a unique name, in the same folder so that a rename never crosses file
 * systems.
 */
function asideOf(target: string): string {
  const name = basename(target).slice(0, LONGEST_ASIDE);
  return join(dirname(target), `.${name}.${randomBytes(6).toString('hex')}.part`);
}

/** Moves a file into place unless another file has appeared there. */
async function placeNew(aside: string, path: string): Promise<void> {
  try {
    await link(aside, path);
  } catch (error) {
    // File systems of memory cards, for example, have no links.
    if (!WITHOUT_LINKS.has(errorCode(error) ?? '')) throw error;
    await copyFile(aside, path, constants.COPYFILE_EXCL);
  }
}

function absent(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null;
  throw error;
}

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ENOTDIR: 'a part of the path is no folder',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
  EPIPE: 'the program that read it has ended',
};

function refusedBy(error: unknown, place: string): unknown {
  const code = errorCode(error);
  if (error instanceof DestinationRefused || code === null) return error;
  const why = WHY[code] ?? (error instanceof Error ? error.message : code);
  return new DestinationRefused('out.not_writable', `nothing can be written to ${place}: ${why}.`);
}
