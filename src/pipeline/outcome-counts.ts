import type { EngineName } from '../engines/engines.js';
import type { ImageRecord } from '../jobs/image-record.js';
import type { RejectionReason } from '../jobs/rejection-reasons.js';
import type { EngineReport, Progress } from '../jobs/job.js';

type Counts = Pick<Progress, 'found' | 'kept' | 'rejected' | 'bytes'>;

interface EngineCounts {
  found: number;
  kept: number;
  leftOut: number;
}

/** Counts image facts as they change: each image once, by its latest outcome. */
export class OutcomeCounts {
  private readonly latest = new Map<string, ImageRecord>();
  private readonly rejected = new Map<RejectionReason, number>();
  private readonly byEngine = new Map<EngineName, EngineCounts>();
  private kept = 0;
  private bytes = 0;

  /** Adds a fact; a later one about the same image replaces it. */
  add(record: ImageRecord): void {
    const before = this.latest.get(record.urlHash);
    if (before !== undefined) this.count(before, -1);
    this.count(record, 1);
    this.latest.set(record.urlHash, record);
  }

  /** The counts of each engine that found anything. */
  engines(): (Pick<EngineReport, 'engine'> & EngineCounts)[] {
    return [...this.byEngine].map(([engine, counts]) => ({ engine, ...counts }));
  }

  /** Each image with its latest outcome. */
  get records(): Iterable<ImageRecord> {
    return this.latest.values();
  }

  progress(): Counts {
    const rejected = Object.fromEntries([...this.rejected].filter(([, count]) => count > 0));
    return { found: this.latest.size, kept: this.kept, rejected, bytes: this.bytes };
  }

  private count({ candidate, outcome }: ImageRecord, by: 1 | -1): void {
    const engine = this.byEngine.get(candidate.engine) ?? { found: 0, kept: 0, leftOut: 0 };
    engine.found += by;
    if (outcome.status === 'kept') engine.kept += by;
    if (outcome.status === 'rejected') engine.leftOut += by;
    this.byEngine.set(candidate.engine, engine);
    if (outcome.status === 'kept') {
      this.kept += by;
      this.bytes += by * outcome.file.bytes;
    } else if (outcome.status === 'rejected') {
      this.rejected.set(outcome.reason, (this.rejected.get(outcome.reason) ?? 0) + by);
    }
  }
}
