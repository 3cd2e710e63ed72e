import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  type EngineReport,
  type Job,
  NO_PROGRESS,
  type Outcome,
  type Recipient,
} from '../../../src/jobs/job.js';
import type { FailureCode } from '../../../src/jobs/failure-codes.js';
import type { ImageRecord } from '../../../src/jobs/image-record.js';
import { picture } from '../images/sample-images.js';
import { sampleCandidate, sampleJob } from '../sample-jobs.js';
import type { WebApp } from './web-app.js';

const LINK_TTL_MS = 86_400_000;
/** A deadline against hanging only: disks may be slow. */
const PUT_WITHIN_MS = 60_000;

/** Options of a test job. */
export interface WebJobOptions {
  readonly query?: string;
  readonly count?: number;
  readonly kept?: number;
  readonly inMs?: number;
  /** Recipients of the notices; default: one e-mail address. */
  readonly recipients?: readonly Recipient[];
}

/** Puts jobs of every state into a WebApp. */
export class WebJobs {
  private made = 0;

  constructor(private readonly web: Pick<WebApp, 'clock' | 'store' | 'archives'>) {}

  /** A scheduled job. */
  async scheduled({
    query = 'red panda',
    count = 12,
    inMs = 7_500_000,
    ...others
  }: WebJobOptions = {}): Promise<Job> {
    this.made += 1;
    const dueAt = this.web.clock.now() + inMs;
    const { recipients } = others;
    const request = { query, count, ...(recipients === undefined ? {} : { recipients }) };
    const { job } = await this.web.store.submit(sampleJob(`job ${this.made}`, dueAt, request));
    return job;
  }

  /** A downloading job with kept images and their thumbnails. */
  async running(options: WebJobOptions = {}): Promise<Job> {
    const { id } = await this.scheduled({ inMs: -600_000, ...options });
    const job = must(await this.web.store.begin(id, 0, this.web.clock.now()));
    await this.keep(job, options.kept ?? 5);
    return must(await this.web.store.get(id));
  }

  /** Stores `count` images as kept and reports them as progress. */
  async keep(job: Job, count: number): Promise<void> {
    const records = await Promise.all(Array.from({ length: count }, (_, index) => this.image(job, index)));
    await this.web.store.saveImages(job.id, records);
    const rejected = { http_status: 3, exact_duplicate: 2, timeout: 1 };
    const engines = [{ engine: 'google', found: count + 40, kept: count, leftOut: 6, end: null }] as const;
    const progress = { found: count + 40, kept: count, rejected, bytes: count * 180_000, engines };
    await this.web.store.saveProgress(job.id, job.epoch, 'downloading', progress);
  }

  /** A ready job with an archive of this content. */
  async ready(content: Buffer, options: WebJobOptions = {}): Promise<Job> {
    return this.finish(await this.running(options), content, options.kept ?? 5);
  }

  /** Ends a running job with an archive. */
  async finish(job: Job, content: Buffer, delivered: number): Promise<Job> {
    const name = `${job.id}/${job.epoch}.zip` as const;
    const stored = await this.web.archives.put(
      name,
      Readable.from([Buffer.from(content)]),
      AbortSignal.timeout(PUT_WITHIN_MS),
    );
    const at = this.web.clock.now();
    const missing = { reason: 'http_status', count: 3 } as const;
    const outcome: Outcome = {
      state: 'ready',
      at,
      archive: { name, ...stored },
      delivered,
      shortfall: delivered < job.request.count ? [missing, { reason: 'search_exhausted', count: 0 }] : [],
      expiresAt: at + LINK_TTL_MS,
    };
    return must(await this.web.store.finish(job.id, job.epoch, outcome));
  }

  /** A job that failed with `code`. */
  async failed(code: FailureCode = 'source.blocked', options: WebJobOptions = {}): Promise<Job> {
    const job = await this.running(options);
    const at = this.web.clock.now();
    const outcome = {
      state: 'failed',
      at,
      cause: { code, context: {} },
      shortfall: [],
      expiresAt: at + LINK_TTL_MS,
    } as const;
    return must(await this.web.store.finish(job.id, job.epoch, outcome));
  }

  /** A job that failed because each engine ended as reported, without any results. */
  async failedSearch(engines: readonly EngineReport[], options: WebJobOptions = {}): Promise<Job> {
    const { id } = await this.scheduled({ inMs: -600_000, ...options });
    const at = this.web.clock.now();
    const job = must(await this.web.store.begin(id, 0, at));
    await this.web.store.saveProgress(id, job.epoch, 'searching', { ...NO_PROGRESS, engines });
    const code = engines.map(({ end }) => end).find((end) => end !== null && end !== 'exhausted');
    const reason = code ?? 'source.no_results';
    const outcome = {
      state: 'failed',
      at,
      cause: { code: reason, context: {} },
      shortfall: [{ reason, count: job.request.count }],
      expiresAt: at + LINK_TTL_MS,
    } as const;
    return must(await this.web.store.finish(id, job.epoch, outcome));
  }

  private async image(job: Job, index: number): Promise<ImageRecord> {
    const thumbnail = await picture(index + 1, 128, 128)
      .webp()
      .toBuffer();
    const sha256 = createHash('sha256').update(thumbnail).digest('hex');
    await this.web.archives.put(
      `${job.id}/thumbs/${sha256}.webp`,
      Readable.from([thumbnail]),
      AbortSignal.timeout(PUT_WITHIN_MS),
    );
    const file = {
      sha256,
      format: 'webp',
      width: 800,
      height: 600,
      bytes: 180_000,
      fingerprint: '0'.repeat(16),
    } as const;
    const candidate = sampleCandidate(index + 1, { title: `Picture <${index + 1}>` });
    return { urlHash: sha256.slice(0, 32), position: index, candidate, outcome: { status: 'kept', file } };
  }
}

function must<T>(value: T | null): T {
  if (value === null) throw new Error('The store refused what the test prepared.');
  return value;
}
