import type { EngineName } from '../engines/engines.js';
import type { AppError } from '../jobs/app-error.js';
import type { ImageRecord } from '../jobs/image-record.js';
import type { EngineReport, Progress } from '../jobs/job.js';
import { OutcomeCounts } from './outcome-counts.js';

/** The images that a run has found, kept and rejected for one query, and why its engines ended. */
export class QueryTally {
  private readonly counts = new OutcomeCounts();
  private readonly ends = new Map<EngineName, AppError | null>();

  /** Each image with its latest outcome. */
  get records(): Iterable<ImageRecord> {
    return this.counts.records;
  }

  /** Why each finished engine ended, in the order they were asked; null: it had no more results. */
  get engineEnds(): readonly (AppError | null)[] {
    return [...this.ends.values()];
  }

  /** Finished engines in the order they were asked, then those that found something and have not finished. */
  get progress(): Progress {
    const gave = new Map(this.counts.engines().map((report) => [report.engine, report]));
    const engines = [...new Set([...this.ends.keys(), ...gave.keys()])].map((engine): EngineReport => {
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
    return { ...this.counts.progress(), engines };
  }

  /** Adds a fact about an image; a later one about the same image replaces it. */
  add(record: ImageRecord): void {
    this.counts.add(record);
  }

  noteEngineEnd(engine: EngineName, failure: AppError | null): void {
    this.ends.set(engine, failure);
  }
}

/** Until when an engine is left alone, according to its failure. */
function restOf(end: AppError | null): Pick<EngineReport, 'restsUntil'> {
  const until = end?.context['until'];
  return typeof until === 'string' ? { restsUntil: Date.parse(until) } : {};
}
