import { type ImageRecord, queryIndexOf } from '../../jobs/image-record.js';
import type { Rejection } from '../../jobs/rejection.js';
import { mayTry } from '../../jobs/rejection-reasons.js';
import { type ImageTask, previewTask } from './download-task.js';

/** The previews of candidates whose originals could not be had, as a last resort if the asker allows them. */
export class PreviewsInstead {
  private waiting: ImageTask[] = [];
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

  /** Takes up to `count` previews of a query, in the order in which their candidates were found. */
  next(count: number, query: number): ImageTask[] {
    const its = this.waiting.filter(({ record }) => queryIndexOf(record) === query);
    const taken = its.toSorted((one, other) => one.record.position - other.record.position).slice(0, count);
    this.waiting = this.waiting.filter((task) => !taken.includes(task));
    return taken;
  }
}
