import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { CollectObserver } from '../../../src/downloading/collect-observer.js';
import type { CollectedSearch, CollectOrder } from '../../../src/downloading/image-collector.js';
import type { Candidate } from '../../../src/jobs/candidate.js';
import type { EngineName } from '../../../src/engines/engines.js';
import type { FilterName, Filters } from '../../../src/jobs/request/filters.js';
import { type ImageRecord, queryIndexOf } from '../../../src/jobs/image-record.js';
import type { RejectionReason } from '../../../src/jobs/rejection-reasons.js';
import type { Job, JobId } from '../../../src/jobs/job.js';
import { JobQueue } from '../../../src/jobs/job-queue.port.js';
import { JobWatcher } from '../../../src/jobs/job-watcher.js';
import type { RunDependencies } from '../../../src/pipeline/run-dependencies.js';
import { EngineBreaker } from '../../../src/scraping/engine-breaker.js';
import type { FilterHandling, FilterPlan, FilterSupport } from '../../../src/scraping/filter-support.js';
import { ImageSource, type SearchQuery } from '../../../src/scraping/image-source.port.js';
import { MissingEngines } from '../../../src/scraping/missing-engines.js';
import type { Storage } from '../../../src/storage/storage.js';
import { type ArchiveName, ArchiveStore, archiveName } from '../../../src/zipping/archive-store.port.js';
import { asKept } from '../../support/sample-jobs.js';
import type { TestClock } from '../../support/test-clock.js';

/** An engine whose batches and errors the test gives. */
export class FakeSource extends ImageSource {
  override readonly name: EngineName;
  readonly searches: SearchQuery[] = [];
  constructor(
    private readonly script: () => readonly (readonly Candidate[] | Error)[],
    name: EngineName = 'google',
    private readonly cannot: FilterSupport = {},
  ) {
    super();
    this.name = name;
  }

  override plan(filters: Filters): FilterPlan {
    const names = Object.keys(filters) as FilterName[];
    const handling = (name: FilterName): FilterHandling => this.cannot[name] ?? 'applied';
    const support = Object.fromEntries(names.map((name) => [name, handling(name)]));
    return { words: [], parameters: {}, support };
  }

  override async *search(query: SearchQuery): AsyncGenerator<readonly Candidate[], void, void> {
    this.searches.push(query);
    for (const step of this.script()) {
      if (step instanceof Error) throw step;
      yield step;
    }
  }
}

/** Remembers the scheduled jobs. */
export class FakeQueue extends JobQueue {
  readonly scheduled: { readonly id: JobId; readonly at: number }[] = [];
  override start = (): Promise<void> => Promise.resolve();
  override stop = (): Promise<void> => Promise.resolve();
  override ping = (): Promise<void> => Promise.resolve();
  override schedule(id: JobId, at: number): Promise<void> {
    this.scheduled.push({ id, at });
    return Promise.resolve();
  }
}

/** Keeps archives in memory. */
export class MemoryArchiveStore extends ArchiveStore {
  readonly objects = new Map<string, Buffer>();
  override async put(
    name: ArchiveName,
    content: Readable | Buffer,
  ): Promise<{ bytes: number; sha256: string }> {
    const bytes = Buffer.isBuffer(content) ? content : Buffer.concat(await content.toArray());
    this.objects.set(name, bytes);
    return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }
  override size = (name: ArchiveName): Promise<number | null> =>
    Promise.resolve(this.objects.get(name)?.length ?? null);
  override open = (name: ArchiveName): Promise<Readable> =>
    Promise.resolve(Readable.from([this.objects.get(name) ?? Buffer.alloc(0)]));
  override delete(name: ArchiveName): Promise<void> {
    this.objects.delete(name);
    return Promise.resolve();
  }
  override async deleteOthers(id: JobId, keep: ArchiveName): Promise<void> {
    for (const name of this.objects.keys())
      if (name.startsWith(`${id}/`) && name.endsWith('.zip') && name !== keep) this.objects.delete(name);
  }

  override deleteAll(id: JobId): Promise<void> {
    for (const name of this.objects.keys()) if (name.startsWith(`${id}/`)) this.objects.delete(name);
    return Promise.resolve();
  }
  override async *jobs(): AsyncGenerator<JobId> {
    yield* new Set([...this.objects.keys()].map((name) => name.slice(0, 32)));
  }
  override ping = (): Promise<void> => Promise.resolve();
}

/** The outcome of a fake download: kept, or rejected for a reason. */
export type Verdict = (record: ImageRecord) => RejectionReason | null;

/** The dependencies of a run, with a real store and nothing of the outside world. */
export class FakeDependencies implements RunDependencies {
  readonly queue = new FakeQueue();
  readonly archives = new MemoryArchiveStore();
  settings: RunDependencies['settings'] = { engines: ['google'], linkTtlMs: 3_600_000 };
  readonly store;
  readonly watcher;
  readonly breaker;
  readonly missingEngines;
  readonly told: { readonly id: JobId; readonly state: string | undefined }[] = [];
  readonly tried: string[] = [];
  readonly removed: JobId[] = [];
  verdict: Verdict = () => null;
  /** Called before each fake download, with the signal of the run. */
  beforeEach: (record: ImageRecord, signal: AbortSignal) => Promise<void> = () => Promise.resolve();
  sources: readonly ImageSource[] = [];
  /** The engines whose searches began, in order. */
  readonly turns: EngineName[] = [];
  readonly searchPace = {
    turn: (engine: EngineName): Promise<void> => {
      this.turns.push(engine);
      return Promise.resolve();
    },
  };

  constructor(
    storage: Storage,
    readonly clock: TestClock,
  ) {
    this.store = storage.jobs;
    this.watcher = new JobWatcher(storage.jobs);
    this.breaker = new EngineBreaker(storage.keyed, clock);
    this.missingEngines = new MissingEngines(clock, [], { engines: [], roles: ['worker'] });
  }

  readonly collector = {
    collect: async (
      { searches, known }: CollectOrder,
      observer: CollectObserver,
      signal: AbortSignal,
    ): Promise<{ kept: ImageRecord[] }> => {
      const all: ImageRecord[] = [];
      for (const [index, { count, candidates }] of searches.entries()) {
        const own = known.filter((record) => queryIndexOf(record) === index);
        const kept = own.filter((record) => record.outcome.status === 'kept');
        await this.download({ count, candidates }, kept, observer, signal);
        all.push(...kept);
      }
      return { kept: all };
    },
  };

  readonly workFolder = {
    read: (): Promise<Buffer> => Promise.resolve(Buffer.alloc(1000)),
    remove: (id: JobId): Promise<void> => {
      this.removed.push(id);
      return Promise.resolve();
    },
  };

  readonly archiveBuilder = {
    build: async ({ job, kept }: { job: Job; kept: readonly ImageRecord[] }, signal: AbortSignal) => {
      const name = archiveName(job.id, job.epoch);
      const zip = Readable.from([Buffer.from(`zip of ${kept.length}`)]);
      signal.throwIfAborted();
      return { name, ...(await this.archives.put(name, zip)) };
    },
  };

  readonly outbox = {
    deliver: async (id: JobId): Promise<void> => {
      this.told.push({ id, state: (await this.store.get(id))?.state });
    },
  };

  private async download(
    { count, candidates }: CollectedSearch,
    kept: ImageRecord[],
    observer: CollectObserver,
    signal: AbortSignal,
  ): Promise<void> {
    if (kept.length >= count) return;
    for await (const record of candidates) {
      await this.beforeEach(record, signal);
      signal.throwIfAborted();
      this.tried.push(record.candidate.sourceId);
      const reason = this.verdict(record);
      const done: ImageRecord =
        reason === null
          ? asKept(record)
          : { ...record, outcome: { status: 'rejected', reason, detail: null } };
      if (reason === null) await observer.onKept(done, Buffer.from('thumbnail'));
      observer.onOutcome(done);
      if (reason === null) kept.push(done);
      if (kept.length === count) break;
    }
  }
}
