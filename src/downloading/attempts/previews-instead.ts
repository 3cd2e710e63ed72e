import type { ImageRecord } from '../../jobs/image-record.js';
import type { Rejection } from '../../jobs/rejection.js';
import { mayTry } from '../../jobs/rejection-reasons.js';
import { type ImageTask, previewTask } from './download-task.js';

/** Engines' previews of the candidates whose originals could not be had: the last resort, where that is allowed. */
export class PreviewsInstead {
  private readonly waiting: ImageTask[] = [];
  /** Candidates whose previews were taken: one that is no good leaves its candidate as it was. */
  private readonly noted = new Set<string>();

  constructor(private readonly areAllowed: boolean) {}

  /** Remembers a candidate that was rejected, once. */
  note(record: ImageRecord, why: Rejection): void {
    if (!this.areAllowed || this.noted.has(record.urlHash) || !mayTry('preview', why.reason)) return;
    this.noted.add(record.urlHash);
    const isPreview = record.candidate.foundBy === 'thumbnail';
    const task = isPreview ? null : previewTask(record, why);
    if (task !== null) this.waiting.push(task);
  }

  /** Takes so many, in the order in which their candidates were found. */
  next(count: number): ImageTask[] {
    this.waiting.sort((one, other) => one.record.position - other.record.position);
    return this.waiting.splice(0, count);
  }
}
