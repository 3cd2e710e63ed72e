import type { ImageRecord } from '../../jobs/image-record.js';
import type { Rejection, RejectionCause } from '../../jobs/rejection.js';
import { type ImageTask, previewTask } from './download-task.js';

/** What says only that an original cannot be had; whoever opted out, or is there already, gets no preview either. */
const CANNOT_BE_HAD: ReadonlySet<RejectionCause> = new Set([
  'no_image_url',
  'unreachable',
  'timeout',
  'too_slow',
  'http_status',
  'rate_limited',
  'too_many_redirects',
  'bad_answer',
  'bad_headers',
  'not_an_image',
  'unsupported_format',
  'broken_image',
  'too_large',
  'too_many_pixels',
  'too_small',
  'empty',
  'placeholder',
  'thumbnail_instead',
  'crawlers_only',
]);

/** Engines' previews of the candidates whose originals could not be had: the last resort, where that is allowed. */
export class PreviewsInstead {
  private readonly waiting: ImageTask[] = [];
  /** Candidates whose previews were taken: one that is no good leaves its candidate as it was. */
  private readonly noted = new Set<string>();

  constructor(private readonly areAllowed: boolean) {}

  /** Remembers a candidate that was rejected, once. */
  note(record: ImageRecord, why: Rejection): void {
    if (!this.areAllowed || this.noted.has(record.urlHash) || !CANNOT_BE_HAD.has(why.reason)) return;
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
