import { type Dirent, existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../../src/jobs/error-code.ts';
import { startReplica, type Replica } from '../../replica/replica.ts';
import type { ReplicaOptions } from '../../replica/options.ts';
import type { JobFields } from './service-jobs.ts';
import { MailCatcher } from '../mail/mail-catcher.ts';
import { type KillScope, Service } from './service.ts';

/** A place where the service kills itself; see die-at.mjs. */
export interface DeathPlace {
  readonly place: string;
  readonly when: 'before' | 'after';
  /** Which occurrence of the place, counted from 1 when the order is given. */
  readonly nth: number;
}

/** Small pictures and short delays, because these tests do not measure speed. */
const QUICK: ReplicaOptions = {
  web: 'clean',
  ceiling: 60,
  imageBytes: [3000, 12_000],
  latencyMs: [5, 40],
  searchLatencyMs: [5, 20],
};

/** The real service with a replica of the internet and a real mail server. */
export class FaultWorld {
  readonly replica: Replica;
  readonly mail: MailCatcher;
  readonly service: Service;
  readonly #orders: string;
  #jobs = 0;

  private constructor(replica: Replica, mail: MailCatcher, service: Service, orders: string) {
    this.replica = replica;
    this.mail = mail;
    this.service = service;
    this.#orders = orders;
  }

  /**
   * Opens everything and starts the service.
   * @param settings in addition to those for replica and mail server
   */
  static async open(
    settings: Readonly<Record<string, string | null>> = {},
    web: ReplicaOptions = {},
    { preloads = [], dataDir }: { readonly preloads?: readonly string[]; readonly dataDir?: string } = {},
  ): Promise<FaultWorld> {
    const replica = await startReplica({ ...QUICK, ...web });
    const mail = new MailCatcher();
    await mail.open();
    const service = await Service.prepare({
      preloads: ['die-at.mjs', ...preloads],
      ...(dataDir === undefined ? {} : { dataDir }),
    });
    const orders = join(service.tempDir, 'die-at.json');
    service.settings = {
      ENGINES: 'google',
      ...replica.settings,
      SMTP_URL: mail.url,
      MAIL_FROM: 'Image Job <jobs@example.org>',
      DIE_AT_FILE: orders,
      ...settings,
    };
    const world = new FaultWorld(replica, mail, service, orders);
    try {
      await service.startAgain();
    } catch (error) {
      await world.close();
      throw error;
    }
    return world;
  }

  /** @returns fields of a job with a new query and a new recipient */
  newJob(count: number, words = ''): JobFields {
    this.#jobs += 1;
    return {
      query: `job ${this.#jobs} ${words}`.trim(),
      count,
      email: `person-${this.#jobs}@example.org`,
    };
  }

  /** Orders the service to signal itself at a place, by default with SIGKILL. */
  async dieAt(
    place: DeathPlace,
    scope: KillScope = 'process',
    signal: NodeJS.Signals = 'SIGKILL',
  ): Promise<void> {
    await writeFile(this.#orders, JSON.stringify({ ...place, scope, signal }));
  }

  /** Cancels the order. */
  async cancelDeath(): Promise<void> {
    await rm(this.#orders, { force: true });
  }

  /** All files in DATA_DIR, as sorted relative paths. */
  async files(): Promise<string[]> {
    return filesBelow(this.service.dataDir);
  }

  async close(): Promise<void> {
    await this.service.remove();
    await this.mail.close();
    await this.replica.close();
  }
}

/** All files below a folder, as sorted relative paths; empty folders end in a slash. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await entriesBelow(folder);
  const paths = entries.map((entry) => {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1);
    return entry.isDirectory() ? `${path}/` : path;
  });
  const isInside = (path: string): boolean =>
    path.endsWith('/') && paths.some((other) => other !== path && other.startsWith(path));
  return paths.filter((path) => !isInside(path)).toSorted();
}

/** Lists again if a working service removed a folder during the listing. */
async function entriesBelow(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || !existsSync(folder)) throw error;
    return entriesBelow(folder);
  }
}
