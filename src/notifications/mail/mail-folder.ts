import { createHash } from 'node:crypto';
import { access, constants, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Instant } from '../../jobs/clock.port.js';
import { makeFolder, onDisk } from '../../jobs/disk/disk-error.js';
import { writeAside } from '../../jobs/disk/write-aside.js';
import { errorCode } from '../../jobs/error-code.js';
import type { JobId } from '../../jobs/job.js';
import type { RawMail } from './mail-transport.port.js';

/** `<job id>.<slot>.<hash of the recipient>.eml` */
const NAME = /^([0-9a-f]{32})\.(confirm|start|end|error)\.[0-9a-f]{16}\.eml$/;
const UNFINISHED = /^[0-9a-f]{32}\..+\.part$/;
const JOB_ID_LENGTH = 32;

/** One kept mail. */
export interface KeptMail {
  readonly name: string;
  readonly jobId: JobId;
  readonly slot: string;
  readonly keptAt: Instant;
  readonly bytes: number;
}

/** Mails as .eml files, `<folder>/<job id>.<slot>.<recipient's hash>.eml`; deleted with their job. */
export class MailFolder {
  /** Name in the sweeper's log. */
  readonly what = 'kept mails';

  private nextNames: Promise<string[]> | null = null;

  /** @param folder created when it is first needed */
  constructor(readonly folder: string) {}

  /**
   * Keeps a mail; a mail of the same notice replaces it.
   * @throws AppError `disk.full`, `disk.not_writable`
   */
  async keep(mail: RawMail): Promise<void> {
    const recipient = createHash('sha256').update(mail.to).digest('hex').slice(0, 16);
    const path = join(this.folder, `${mail.jobId}.${mail.slot}.${recipient}.eml`);
    await onDisk(() =>
      writeAside(path, async (file) => {
        await file.writeFile(mail.bytes);
        await file.sync();
      }),
    );
  }

  /** @returns all kept mails, newest first */
  async list(): Promise<KeptMail[]> {
    const mails = await Promise.all((await this.names()).map((name) => this.describe(name)));
    return mails.filter((mail) => mail !== null).toSorted((a, b) => b.keptAt - a.keptAt);
  }

  /** @returns the message, or null for a name that no kept mail has */
  async read(name: string): Promise<Buffer | null> {
    return NAME.test(name) ? orNull(readFile(join(this.folder, name))) : null;
  }

  /** Deletes the mails of a job. Safe to repeat. */
  async deleteAll(id: JobId): Promise<void> {
    const names = (await this.namesForAll()).filter((name) => name.startsWith(`${id}.`));
    for (const name of names) await rm(join(this.folder, name), { force: true });
  }

  /** The ids of all jobs with a kept mail. */
  async *jobs(): AsyncIterable<JobId> {
    yield* new Set((await this.names()).map((name) => name.slice(0, JOB_ID_LENGTH)));
  }

  /** Resolves if mails can be kept. @throws AppError `disk.not_writable` */
  async ping(): Promise<void> {
    await onDisk(async () => {
      await makeFolder(this.folder);
      await access(this.folder, constants.W_OK | constants.X_OK);
    });
  }

  /**
   * Reads the folder once for all callers of this turn of the event loop, after the last of them has called.
   */
  private namesForAll(): Promise<string[]> {
    this.nextNames ??= nextTurn().then(() => {
      this.nextNames = null;
      return this.names();
    });
    return this.nextNames;
  }

  private async names(): Promise<string[]> {
    const names = (await orNull(readdir(this.folder))) ?? [];
    return names.filter((name) => NAME.test(name) || UNFINISHED.test(name));
  }

  private async describe(name: string): Promise<KeptMail | null> {
    const [, jobId, slot] = NAME.exec(name) ?? [];
    const found = await orNull(stat(join(this.folder, name)));
    if (jobId === undefined || slot === undefined || found === null) return null;
    return { name, jobId, slot, keptAt: Math.round(found.mtimeMs), bytes: found.size };
  }
}

/** Null if the file does not exist or was just deleted. */
async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
