import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { filesBelow, type FaultWorld } from '../support/service/fault-world.ts';
import { processes } from '../support/service/processes.ts';
import type { KillScope } from '../support/service/service.ts';
import {
  actOnJob,
  askForJob,
  hasEnded,
  type JobFields,
  recordIdOf,
  submitJob,
  untilJob,
} from '../support/service/service-jobs.ts';
import { type ImageRow, type NoticeRow, readRecords } from '../support/service/service-records.ts';
import { until } from '../support/until.ts';
import { imagesInZip } from '../support/zip-contents.ts';
import { arrangeDeath, type Moment } from './moments.ts';

const SETTLES_WITHIN_MS = 30_000;
/**
 * A deadline against hanging only: a client may see a cut connection before the exit of the process is known.
 */
const DIES_WITHIN_MS = 15_000;

/** The records of a killed service. */
interface AtDeath {
  readonly images: readonly ImageRow[];
  readonly notices: readonly NoticeRow[];
  /** Number of requests that the replica had received by then. */
  readonly requests: number;
}

/** One job whose service is killed and restarted, with checks of everything that must hold afterwards. */
export class KillRun {
  readonly #world: FaultWorld;
  readonly #fields: JobFields;
  #id = '';
  #publicId = '';
  readonly #deaths: AtDeath[] = [];
  readonly #stillRunning: string[] = [];

  constructor(world: FaultWorld, fields: JobFields) {
    this.#world = world;
    this.#fields = fields;
  }

  /** Submits the job, kills the service at each of the moments in turn, and waits for the end of the job. */
  async play(moments: readonly Moment[], scope: KillScope): Promise<void> {
    const [first, ...others] = moments.filter(({ at }) => at !== 'deletion');
    if (first === undefined) await this.#submit();
    else await this.#die(first, scope, () => this.#submit());
    // A repeated submission, as by a client that got no response, must return the same job.
    const before = this.#publicId;
    await this.#submit();
    if (before !== '' && before !== this.#publicId)
      throw new Error('a repeated submission made a second job');
    for (const moment of others) await this.#die(moment, scope, async () => undefined);
    this.#id = recordIdOf(this.#publicId);
    await untilJob(this.#world.service, this.#publicId, hasEnded);
    await this.#untilTold();
  }

  /** Deletes the job and kills the service during the deletion. */
  async deleteAndDie(moment: Moment, scope: KillScope): Promise<void> {
    const { service } = this.#world;
    await this.#die(moment, scope, async () => void (await actOnJob(service, this.#publicId, 'delete')));
  }

  /** @returns descriptions of broken promises about a job that has ended; empty if all hold */
  async brokenPromises(): Promise<string[]> {
    return [
      ...(await this.#wrongDelivery()),
      ...this.#wrongMails(),
      ...this.#fetchedAgain(),
      ...(await this.#superfluousFiles()),
      ...this.#stillRunning,
    ];
  }

  /** @returns descriptions of everything left of a deleted job */
  async remains(): Promise<string[]> {
    const { service } = this.#world;
    const files = await this.#whatStays(async () => this.#files());
    const rows = await this.#whatStays(async () => {
      const count = readRecords(service.dataDir, (records) => records.rowsOf(this.#id));
      return count === 0 ? [] : [`${count} rows of records`];
    });
    const { status } = await askForJob(service, this.#publicId);
    return [
      ...files,
      ...rows,
      ...(status === 410 ? [] : [`the page answers ${status}`]),
      ...this.#stillRunning,
    ];
  }

  /** Checks that the job succeeded and its complete zip has exactly the served images. */
  async #wrongDelivery(): Promise<string[]> {
    const { service, replica } = this.#world;
    const { count } = this.#fields;
    const { job } = await askForJob(service, this.#publicId);
    if (job?.state !== 'ready' || job.delivered !== count) return [`ended as ${JSON.stringify(job)}`];
    const name = readRecords(service.dataDir, (records) => records.job(this.#id)?.archive?.name ?? '');
    const delivered = await imagesInZip(join(service.dataDir, 'archives', name));
    const served = (await replica.catalogue(this.#fields.query)).map(({ sha256 }) => sha256);
    const isExact = delivered.length === count && new Set(delivered).size === count;
    return [
      ...(isExact
        ? []
        : [`${delivered.length} images in the zip, ${new Set(delivered).size} of them different`]),
      ...delivered.filter((digest) => !served.includes(digest)).map((digest) => `never served: ${digest}`),
    ];
  }

  /** Checks that no mail came twice, and none is missing unless the service died while sending it. */
  #wrongMails(): string[] {
    const mails = this.#world.mail.of(this.#fields.email);
    const wrong = (['start', 'end', 'error'] as const).filter((slot) => {
      const count = mails.filter((mail) => mail.slot === slot).length;
      if (slot === 'error') return count !== 0;
      return count !== 1 && !(count === 0 && this.#mayBeLost(slot));
    });
    const isTwice = new Set(mails.map(({ messageId }) => messageId)).size !== mails.length;
    return [...wrong.map((slot) => `mails of slot ${slot}`), ...(isTwice ? ['a mail came twice'] : [])].map(
      (what) => `${what}: ${JSON.stringify(mails.map(({ slot, messageId }) => [slot, messageId]))}`,
    );
  }

  /** Checks that images recorded before a death were not downloaded again. */
  #fetchedAgain(): string[] {
    return this.#deaths.flatMap(({ images, requests }) => {
      const known = images.filter(({ status }) => status !== 'found').map(({ url }) => url);
      const later = this.#world.replica.requests.slice(requests).map(({ url }) => url);
      return later.filter((url) => known.includes(url)).map((url) => `downloaded again: ${url}`);
    });
  }

  /** Checks that only the job's archive and thumbnails are left. */
  async #superfluousFiles(): Promise<string[]> {
    const { service } = this.#world;
    const archive = readRecords(service.dataDir, (records) => records.job(this.#id)?.archive?.name ?? '');
    const isExpected = (path: string): boolean =>
      path === `archives/${archive}` || /\/thumbs\/[0-9a-f]{64}\.webp$/.test(path);
    return this.#whatStays(async () => (await this.#files()).filter((path) => !isExpected(path)));
  }

  /** Submits the job; the id stays unknown if the service dies before it responds. */
  async #submit(): Promise<void> {
    const { service } = this.#world;
    const key = { 'Idempotency-Key': this.#fields.query };
    const job = await submitJob(service, this.#fields, key).catch(async (error: unknown) => {
      await Promise.race([service.ended, sleep(DIES_WITHIN_MS, undefined, { ref: false })]);
      if (service.isRunning) throw error;
      return null;
    });
    if (job !== null) this.#publicId = job.id;
  }

  async #die(moment: Moment, scope: KillScope, then: () => Promise<void>): Promise<void> {
    const { service, replica } = this.#world;
    const { pid } = service;
    const undo = await arrangeDeath(this.#world, moment, this.#fields.email, scope);
    await then();
    await until('the service dies', () => !service.isRunning, 70_000, 2).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${service.output}`, { cause: error });
    });
    await service.ended;
    await undo();
    this.#deaths.push({ ...this.#recorded(), requests: replica.requests.length });
    await service.startAgain();
    this.#stillRunning.push(...(await this.#leftOf(pid)));
  }

  #recorded(): Omit<AtDeath, 'requests'> {
    return readRecords(this.#world.service.dataDir, (records) => {
      this.#id = records.idOf(this.#fields.query) ?? this.#id;
      return { images: records.images(this.#id), notices: records.notices(this.#id) };
    });
  }

  /** Browsers, profiles and helpers of a dead process, which the next start must remove. */
  async #leftOf(pid: number): Promise<string[]> {
    const isIts = (text: string): boolean => new RegExp(`image-job-browser-\\w+-${pid}-`).test(text);
    const profiles = (await readdir(this.#world.service.tempDir)).filter((name) => isIts(name));
    const running = await this.#whatStays(async () => {
      const left = await processes(
        (one, environment) => one.group === pid || isIts(one.command + environment),
      );
      return left.map(({ command }) => `still running: ${command}`);
    });
    return [...profiles, ...running];
  }

  async #untilTold(): Promise<void> {
    const isSettled = ({ slot, status }: NoticeRow): boolean =>
      status === 'sent' || status === 'dropped' || (status === 'sending' && this.#mayBeLost(slot));
    await until('every notice has left', () =>
      readRecords(this.#world.service.dataDir, (records) => {
        const notices = records.notices(this.#id);
        return notices.length > 0 && notices.every((notice) => isSettled(notice));
      }),
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${this.#world.service.output}`, { cause: error });
    });
  }

  #mayBeLost(slot: string): boolean {
    return this.#deaths.some(({ notices }) =>
      notices.some((notice) => notice.slot === slot && notice.status === 'sending'),
    );
  }

  async #files(): Promise<string[]> {
    const all = await filesBelow(this.#world.service.dataDir);
    return all.filter((path) => path.includes(this.#id));
  }

  /** Gives listed things time to vanish. @returns the things that stay */
  async #whatStays(list: () => Promise<string[]>): Promise<string[]> {
    const isEmpty = async (): Promise<boolean> => (await list()).length === 0;
    const isGone = await until('nothing is left', isEmpty, SETTLES_WITHIN_MS, 100).catch(() => false);
    return isGone ? [] : list();
  }
}
