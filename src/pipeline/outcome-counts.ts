import type { ImageRecord, RejectionReason } from '../jobs/image-record.js';
import type { Progress } from '../jobs/job.js';

/** Counts image facts as they change: each image once, by its latest outcome. */
export class OutcomeCounts {
  private readonly latest = new Map<string, ImageRecord>();
  private readonly rejected = new Map<RejectionReason, number>();
  private kept = 0;
  private bytes = 0;

  /** Takes a fact; a later one about the same image replaces it. */
  add(record: ImageRecord): void {
    const before = this.latest.get(record.urlHash);
    if (before !== undefined) this.count(before, -1);
    this.count(record, 1);
    this.latest.set(record.urlHash, record);
  }

  progress(): Progress {
    const rejected = Object.fromEntries([...this.rejected].filter(([, count]) => count > 0));
    return { found: this.latest.size, kept: this.kept, rejected, bytes: this.bytes };
  }

  private count({ outcome }: ImageRecord, by: 1 | -1): void {
    if (outcome.status === 'kept') {
      this.kept += by;
      this.bytes += by * outcome.file.bytes;
    } else if (outcome.status === 'rejected') {
      this.rejected.set(outcome.reason, (this.rejected.get(outcome.reason) ?? 0) + by);
    }
  }
}
