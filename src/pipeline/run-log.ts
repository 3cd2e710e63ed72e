import type { CollectObserver } from '../downloading/collect-observer.js';
import type { AppError } from '../jobs/app-error.js';
import type { EngineName } from '../engines/engines.js';
import { type ImageRecord, queryIndexOf } from '../jobs/image-record.js';
import type { Job, Progress } from '../jobs/job.js';
import type { Stage } from '../jobs/job-states.js';
import { thumbnailName } from '../zipping/archive-store.port.js';
import { BackgroundWriter } from './background-writer.js';
import { queriesOf } from '../jobs/request/request-queries.js';
import { progressOfQueries } from './progress-of-queries.js';
import { QueryTally } from './query-tally.js';
import type { RunDependencies } from './run-dependencies.js';

/** Deadline for storing a thumbnail. */
const THUMBNAIL_WITHIN_MS = 30_000;

/** The images a run has found, kept and rejected so far; every note reaches the store. */
export class RunLog implements CollectObserver, AsyncDisposable {
  /** One for each query, in order. */
  private readonly tallies: readonly QueryTally[];
  private readonly writer: BackgroundWriter;
  private stage: Stage = 'searching';

  constructor(
    private readonly job: Job,
    private readonly deps: Pick<RunDependencies, 'store' | 'clock' | 'archives'>,
  ) {
    this.tallies = queriesOf(job.request).map(() => new QueryTally());
    this.writer = new BackgroundWriter(job, deps.store, deps.clock);
  }

  get progress(): Progress {
    return progressOfQueries(this.byQuery.map(({ progress }) => progress));
  }

  /** Each image so far with its latest outcome. */
  get records(): Iterable<ImageRecord> {
    return this.tallies.flatMap(({ records }) => [...records]);
  }

  /** The facts of each query, in order. */
  get byQuery(): readonly Pick<QueryTally, 'progress' | 'engineEnds'>[] {
    return this.tallies;
  }

  /** Counts the records of an earlier run. */
  resumeFrom(known: readonly ImageRecord[]): void {
    for (const record of known) this.count(record);
    this.showProgress();
  }

  noteEngineEnd(query: number, engine: EngineName, failure: AppError | null): void {
    this.tallyOf(query).noteEngineEnd(engine, failure);
    this.showProgress();
  }

  /** Stores new candidates; returns when they are in the store. @throws AppError of the store */
  async recordFound(records: readonly ImageRecord[]): Promise<void> {
    await this.deps.store.saveImages(this.job.id, records);
    for (const record of records) this.count(record);
    // Late results of the search do not lead back to an earlier stage.
    if (this.stage === 'searching') this.stage = 'downloading';
    this.showProgress();
  }

  /** Stores a candidate whose image is tried at another address. @throws AppError of the store */
  async onResolved(record: ImageRecord): Promise<void> {
    await this.deps.store.saveImages(this.job.id, [record]);
  }

  onOutcome(record: ImageRecord): void {
    this.count(record);
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

  private count(record: ImageRecord): void {
    this.tallyOf(queryIndexOf(record)).add(record);
  }

  private tallyOf(query: number): QueryTally {
    const tally = this.tallies[query] ?? this.tallies[0];
    if (tally === undefined) throw new Error('A job has at least one query');
    return tally;
  }

  private showProgress(): void {
    this.writer.setProgress(this.stage, () => this.progress);
  }
}
