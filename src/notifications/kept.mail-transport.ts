import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../jobs/clock.port.js';
import type { JobId } from '../jobs/job.js';
import { diskError, errorCode } from '../zipping/disk-error.js';
import { MailTransport, type RawMail } from './mail-transport.port.js';
import type { Delivery } from './notifier.port.js';

/** `<job id>.<slot>.<hash of the recipient>.eml` */
const NAME = /^([0-9a-f]{32})\.(start|end|error)\.[0-9a-f]{16}\.eml$/;

/** One kept mail. */
export interface KeptMail {
  readonly name: string;
  readonly jobId: JobId;
  readonly slot: string;
  readonly keptAt: Instant;
  readonly bytes: number;
}

/** Keeps mails as .eml files where no SMTP server is set; they go with their job. */
export class KeptMailTransport extends MailTransport {
  readonly what = 'kept mails';

  /** @param folder made when it is first needed */
  constructor(readonly folder: string) {
    super();
  }

  override async send(mail: RawMail): Promise<Delivery> {
    const recipient = createHash('sha256').update(mail.to).digest('hex').slice(0, 16);
    const path = join(this.folder, `${mail.jobId}.${mail.slot}.${recipient}.eml`);
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await writeWhole(path, mail.bytes);
      return { status: 'sent' };
    } catch (error) {
      return { status: 'put_off', detail: `file ${errorCode(error) ?? 'error'}`, retryAfterMs: null };
    }
  }

  override async ping(): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw diskError(error);
    }
  }

  /** @returns every kept mail, the newest first */
  async list(): Promise<KeptMail[]> {
    const names = await this.names();
    const mails = await Promise.all(names.map((name) => this.describe(name)));
    return mails.filter((mail) => mail !== null).toSorted((a, b) => b.keptAt - a.keptAt);
  }

  /** @returns the message, or null for a name that is not of a kept mail */
  async read(name: string): Promise<Buffer | null> {
    if (!NAME.test(name)) return null;
    try {
      return await readFile(join(this.folder, name));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    }
  }

  /** Deletes the mails of a job; what is not there is no error. */
  async deleteAll(id: JobId): Promise<void> {
    const names = (await this.names()).filter((name) => name.startsWith(`${id}.`));
    for (const name of names) await rm(join(this.folder, name), { force: true });
  }

  /** The ids of all jobs that have a kept mail. */
  async *jobs(): AsyncIterable<JobId> {
    yield* new Set((await this.names()).map((name) => name.slice(0, 32)));
  }

  private async names(): Promise<string[]> {
    try {
      return (await readdir(this.folder)).filter((name) => NAME.test(name) || name.endsWith('.part'));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw diskError(error);
    }
  }

  private async describe(name: string): Promise<KeptMail | null> {
    const [, jobId, slot] = NAME.exec(name) ?? [];
    if (jobId === undefined || slot === undefined) return null;
    const { mtimeMs, size } = await stat(join(this.folder, name));
    return { name, jobId, slot, keptAt: Math.round(mtimeMs), bytes: size };
  }
}

/** Readable by the service's own user only: a mail has an address and a link that controls a job. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    const file = await open(aside, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}
