import type { ImageRecord } from '../../jobs/image-record.js';
import type { Rejection } from '../../jobs/rejection.js';
import { mayTry } from '../../jobs/rejection-reasons.js';
import { type ImageTask, previewTask } from './download-task.js';

/** The previews of candidates whose originals could not be had, as a last resort if the asker allows them. */
export class PreviewsInstead {
  private readonly waiting: ImageTask[] = [];
  /** Candidates whose previews were tried: a bad preview leaves its candidate as it was. */
  private readonly noted = new Set<string>();

  constructor(private readonly areAllowed: boolean) {}

  /** Remembers a rejected candidate, once. */
  note(record: ImageRecord, why: Rejection): void {
    if (!this.areAllowed || this.noted.has(record.urlHash) || !mayTry('preview', why.reason)) return;
    this.noted.add(record.urlHash);
    const isPreview = record.candidate.foundBy === 'thumbnail';
    const task = isPreview ? null : previewTask(record, why);
    if (task !== null) this.waiting.push(task);
  }

  /** Takes up to `count` previews, in the order in which their candidates were found. */
  next(count: number): ImageTask[] {
    this.waiting.sort((one, other) => one.record.position - other.record.position);
    return this.waiting.splice(0, count);
  }
}
