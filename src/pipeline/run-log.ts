import type { CollectObserver } from '../downloading/collect-observer.js';
import type { AppError } from '../jobs/app-error.js';
import type { EngineName } from '../engines/engines.js';
import type { ImageRecord } from '../jobs/image-record.js';
import type { EngineReport, Job, Progress } from '../jobs/job.js';
import type { Stage } from '../jobs/job-states.js';
import { thumbnailName } from '../zipping/archive-store.port.js';
import { BackgroundWriter } from './background-writer.js';
import { OutcomeCounts } from './outcome-counts.js';
import type { RunDependencies } from './run-dependencies.js';

/** Deadline for storing a thumbnail. */
const THUMBNAIL_WITHIN_MS = 30_000;

/** The images a run has found, kept and rejected so far; every note reaches the store. */
export class RunLog implements CollectObserver, AsyncDisposable {
  private readonly counts = new OutcomeCounts();
  private readonly ends = new Map<EngineName, AppError | null>();
  private readonly writer: BackgroundWriter;
  private stage: Stage = 'searching';

  constructor(
    private readonly job: Job,
    private readonly deps: Pick<RunDependencies, 'store' | 'clock' | 'archives'>,
  ) {
    this.writer = new BackgroundWriter(job, deps.store, deps.clock);
  }

  get progress(): Progress {
    return { ...this.counts.progress(), engines: this.engineReports() };
  }

  /** Each image so far with its latest outcome. */
  get records(): Iterable<ImageRecord> {
    return this.counts.records;
  }

  /** Why each finished engine ended; null: it had no more results. */
  get engineEnds(): ReadonlyMap<EngineName, AppError | null> {
    return this.ends;
  }

  /** Counts the records of an earlier run. */
  resumeFrom(known: readonly ImageRecord[]): void {
    for (const record of known) this.counts.add(record);
    this.showProgress();
  }

  noteEngineEnd(engine: EngineName, failure: AppError | null): void {
    this.ends.set(engine, failure);
    this.showProgress();
  }

  /** Stores new candidates; returns when they are in the store. @throws AppError of the store */
  async recordFound(records: readonly ImageRecord[]): Promise<void> {
    await this.deps.store.saveImages(this.job.id, records);
    for (const record of records) this.counts.add(record);
    // Late results of the search do not lead back to an earlier stage.
    if (this.stage === 'searching') this.stage = 'downloading';
    this.showProgress();
  }

  /** Stores a candidate whose image is tried at another address. @throws AppError of the store */
  async onResolved(record: ImageRecord): Promise<void> {
    await this.deps.store.saveImages(this.job.id, [record]);
  }

  onOutcome(record: ImageRecord): void {
    this.counts.add(record);
    this.writer.addImage(record);
    this.showProgress();
  }

  async onKept(record: ImageRecord, thumbnail: Buffer): Promise<void> {
    if (record.outcome.status !== 'kept') return;
    const name = thumbnailName(this.job.id, record.outcome.file.sha256);
    await this.deps.archives.put(name, thumbnail, AbortSignal.timeout(THUMBNAIL_WITHIN_MS));
  }

  /** Shows the next stage, with everything before it written. @throws AppError of the store */
  async enter(stage: Stage): Promise<void> {
    this.stage = stage;
    this.showProgress();
    await this.writer.flush();
  }

  /**
   * Writes the gathered facts before a run ends early; the next run finds again what the store refuses now.
   */
  async saveWhatThereIs(): Promise<void> {
    await this.writer.tryFlush();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.writer.close();
  }

  /** Finished engines in the order they were asked, then those that found something and have not finished. */
  private engineReports(): EngineReport[] {
    const gave = new Map(this.counts.engines().map((report) => [report.engine, report]));
    return [...new Set([...this.ends.keys(), ...gave.keys()])].map((engine) => {
      const end = this.ends.get(engine);
      return {
        engine,
        found: 0,
        kept: 0,
        ...gave.get(engine),
        end: end === undefined ? null : (end?.code ?? 'exhausted'),
        ...restOf(end ?? null),
      };
    });
  }

  private showProgress(): void {
    this.writer.setProgress(this.stage, this.progress);
  }
}

/** Until when an engine is left alone, according to its failure. */
function restOf(end: AppError | null): Pick<EngineReport, 'restsUntil'> {
  const until = end?.context['until'];
  return typeof until === 'string' ? { restsUntil: Date.parse(until) } : {};
}
