import type { JobStore } from '../jobs/job-store.port.js';
import type { Notice } from '../jobs/notice.js';

/**
 * Claims a notice once, as late as possible: a process that dies before the claim told nobody, and a process
 * that dies after it may have told the recipient.
 */
export class SendClaim {
  private marking: Promise<Notice | null> | null = null;

  constructor(
    private readonly notice: Notice,
    private readonly store: Pick<JobStore, 'claimNotice'>,
  ) {}

  /** Whether the recipient may have been told. */
  get hasBegun(): boolean {
    return this.marking !== null;
  }

  /**
   * Claims the notice, unless it was put off again since it was read.
   * @returns the claimed notice; null: another process has claimed it, or it is not wanted any more
   * @throws AppError of the store
   */
  claim(): Promise<Notice | null> {
    this.marking ??= this.store.claimNotice(this.notice, this.notice.notBefore);
    return this.marking;
  }
}
