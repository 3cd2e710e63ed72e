import { Rejection } from '../jobs/rejection.js';

/** The bytes one job may still bring in: kept images, and what is under way. */
export class JobBudget {
  private usedBytes = 0;

  constructor(private readonly maxBytes: number) {}

  /** Counts an image that is kept already. */
  spend(bytes: number): void {
    this.usedBytes += bytes;
  }

  /** Gives back an image that is not kept any more. */
  giveBack(bytes: number): void {
    this.usedBytes -= bytes;
  }

  /** Opens an account for one download; what it took is given back at its end unless the image was kept. */
  open(): BudgetAccount {
    let takenBytes = 0;
    return {
      spend: (bytes) => {
        if (this.usedBytes + bytes > this.maxBytes) throw new Rejection('job_budget_spent');
        this.usedBytes += bytes;
        takenBytes += bytes;
      },
      keep: () => {
        takenBytes = 0;
      },
      [Symbol.dispose]: () => {
        this.usedBytes -= takenBytes;
      },
    };
  }
}

/** What one download takes of its job's budget. */
export interface BudgetAccount extends Disposable {
  /** @throws Rejection `job_budget_spent` */
  spend(bytes: number): void;
  /** The image was kept: its bytes stay spent. */
  keep(): void;
}
