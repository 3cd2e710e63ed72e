import type { JobStore } from '../jobs/job-store.port.js';
import type { Notice } from '../jobs/notice.js';

/**
 * One notice on its way out. It is marked as leaving once, as late as can be: a process that dies before that
 * mark has told nobody, and one that dies after it may have.
 */
export class SendClaim {
  private marking: Promise<Notice | null> | null = null;

  constructor(
    private readonly notice: Notice,
    private readonly store: Pick<JobStore, 'claimNotice'>,
  ) {}

  /** Whether somebody may have been told. */
  get hasBegun(): boolean {
    return this.marking !== null;
  }

  /**
   * Marks the notice, unless it was put off once more since it was read.
   * @returns it as marked; null where another process has it, or nobody wants it any more
   * @throws AppError of the store
   */
  claim(): Promise<Notice | null> {
    this.marking ??= this.store.claimNotice(this.notice, this.notice.notBefore);
    return this.marking;
  }
}
