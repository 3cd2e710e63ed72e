import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CollectObserver } from '../../src/downloading/collect-observer.js';
import { DOWNLOAD_LIMITS, type DownloadLimits } from '../../src/downloading/download-limits.js';
import { EnginePreviews } from '../../src/downloading/originals/engine-previews.js';
import { ImageChecker } from '../../src/downloading/judging/image-checker.js';
import { type Collected, type CollectOrder, ImageCollector } from '../../src/downloading/image-collector.js';
import { ImageFetcher } from '../../src/downloading/fetching/image-fetcher.js';
import type { ImageInspector } from '../../src/imaging/decoding/image-inspector.port.js';
import { PageOriginals } from '../../src/downloading/originals/page-originals.js';
import { PageReader } from '../../src/downloading/originals/page-reader.js';
import { ImageIntake } from '../../src/downloading/judging/image-intake.js';
import { DECODER } from '../../src/imaging/decoding/decoder-program.js';
import { ProcessImageInspector } from '../../src/imaging/decoding/process.image-inspector.js';
import { WorkFolder } from '../../src/downloading/work-folder.js';
import { parseSettings } from '../../src/config/parse-settings.js';
import type { ImageRecord } from '../../src/jobs/image-record.js';
import { AddressGuard } from '../../src/network/address-guard.js';
import { AllowedHosts } from '../../src/network/allowed-hosts.js';
import { GuardedHttp } from '../../src/network/guarded-http.js';
import { SystemNameResolver } from '../../src/network/system.name-resolver.js';
import { PATIENCE_MS } from './patience.js';
import { TestClock } from './test-clock.js';
import { ampleMemory } from './images/ample-memory.js';

/** Limits that never fire; a test that needs a deadline sets a shorter one. */
const PATIENT_LIMITS: DownloadLimits = {
  ...DOWNLOAD_LIMITS,
  answerDeadlineMs: PATIENCE_MS,
  totalDeadlineMs: PATIENCE_MS,
  stallMs: PATIENCE_MS,
  rateWindowMs: PATIENCE_MS,
  doubtAfterMs: PATIENCE_MS,
  pageDeadlineMs: PATIENCE_MS,
  previewDeadlineMs: PATIENCE_MS,
  backoffMs: 20,
  maxRetryAfterMs: 1500,
};

export const JOB_ID = '0123456789abcdef0123456789abcdef';

/** Options of a test. */
export interface CollectingOptions {
  readonly limits?: Partial<DownloadLimits>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly inspector?: ImageInspector;
  /** Hosts that may have a private address; default: this machine. */
  readonly allowedHosts?: readonly string[];
}

/** A real collector with real decoders in a temporary folder; it may connect to this machine. */
export class Collecting implements AsyncDisposable, CollectObserver {
  readonly outcomes: ImageRecord[] = [];
  /** Changed records, in the order they were reported. */
  readonly resolved: ImageRecord[] = [];
  readonly thumbnails = new Map<string, Buffer>();
  readonly folder: WorkFolder;
  readonly collector: ImageCollector;
  /** Called with each outcome. */
  onEach: (record: ImageRecord) => void = () => undefined;
  private readonly http: GuardedHttp;
  private readonly ownInspector: ProcessImageInspector | null;

  private constructor(
    readonly dataDir: string,
    { limits, environment, inspector, allowedHosts }: CollectingOptions,
  ) {
    const { settings } = parseSettings({ ...environment, DATA_DIR: dataDir });
    const guard = new AddressGuard(
      AllowedHosts.parse(allowedHosts ?? ['127.0.0.1', '127.0.0.2', 'localhost']),
    );
    const clock = new TestClock();
    const all = { ...PATIENT_LIMITS, ...limits };
    this.http = new GuardedHttp(guard, new SystemNameResolver(), 'image-job/0');
    this.ownInspector = inspector === undefined ? newInspector() : null;
    this.folder = new WorkFolder(settings);
    const fetcher = new ImageFetcher(this.http, clock, all, settings);
    const checker = new ImageChecker(inspector ?? this.ownInspector ?? newInspector());
    const previews = new EnginePreviews(fetcher, checker, this.folder, all);
    const intake = new ImageIntake(fetcher, checker, this.folder, previews);
    const pages = new PageOriginals(new PageReader(this.http, all), previews);
    this.collector = new ImageCollector(intake, pages, this.folder, { clock, limits: all, settings });
  }

  static async start(options: CollectingOptions = {}): Promise<Collecting> {
    return new Collecting(await mkdtemp(join(tmpdir(), 'collecting-')), options);
  }

  onOutcome(record: ImageRecord): void {
    this.outcomes.push(record);
    this.onEach(record);
  }

  async onResolved(record: ImageRecord): Promise<void> {
    this.resolved.push(record);
  }

  async onKept(record: ImageRecord, thumbnail: Buffer): Promise<void> {
    this.thumbnails.set(record.urlHash, thumbnail);
  }

  /** Collects from addresses, in order. */
  collect(
    urls: readonly (string | null)[],
    count: number,
    { signal, ...rest }: Partial<CollectOrder> & { readonly signal?: AbortSignal } = {},
  ): Promise<Collected> {
    return this.collectRecords(urls.map(recordOf), count, signal, rest);
  }

  /** Collects from candidates, in order. */
  collectRecords(
    records: readonly ImageRecord[],
    count: number,
    signal = new AbortController().signal,
    rest: Partial<CollectOrder> = {},
  ): Promise<Collected> {
    return this.collector.collect({ ...orderOf(eachOf(records), count), ...rest }, this, signal);
  }

  /** The outcome of the candidate at a position: `kept`, `reason`, `reason: detail`, or null. */
  endOf(position: number): string | null {
    const outcome = this.outcomes.find((record) => record.position === position)?.outcome;
    if (outcome?.status !== 'rejected') return outcome?.status ?? null;
    return outcome.detail === null ? outcome.reason : `${outcome.reason}: ${outcome.detail}`;
  }

  /** Names in the job's folder. */
  async files(): Promise<string[]> {
    return (await readdir(join(this.dataDir, 'work', JOB_ID))).toSorted();
  }

  /** Bytes of the kept images, in order. */
  async bytesOf({ kept }: Collected): Promise<Buffer[]> {
    return Promise.all(
      kept.map(({ outcome }) =>
        outcome.status === 'kept' ? readFile(this.folder.pathOf(JOB_ID, outcome.file)) : Buffer.alloc(0),
      ),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.http.onApplicationShutdown();
    this.ownInspector?.onApplicationShutdown();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** A real decoder in a child process. */
export function newInspector(script?: string): ProcessImageInspector {
  const program = { ...DECODER, atATime: 2, deadlineMs: PATIENCE_MS };
  return new ProcessImageInspector(ampleMemory(), script === undefined ? program : { ...program, script });
}

/** A record as the pipeline makes it. */
export function recordOf(imageUrl: string | null, position: number): ImageRecord {
  return {
    urlHash: (imageUrl ?? String(position)).padStart(32, '0'),
    position,
    candidate: {
      engine: 'google',
      rank: position + 1,
      sourceId: `id-${position}`,
      imageUrl,
      previewUrl: null,
      pageUrl: null,
      title: null,
      site: null,
      claimed: null,
      licence: null,
    },
    outcome: { status: 'found' },
  };
}

/** An order for one search. */
export function orderOf(candidates: AsyncIterable<ImageRecord>, count: number): CollectOrder {
  return { jobId: JOB_ID, searches: [{ count, candidates }], known: [], filters: {} };
}

/** Candidates with these addresses, in order. */
export async function* candidatesOf(
  urls: readonly (string | null)[],
): AsyncGenerator<ImageRecord, void, void> {
  yield* urls.map(recordOf);
}

async function* eachOf(records: readonly ImageRecord[]): AsyncGenerator<ImageRecord, void, void> {
  yield* records;
}
