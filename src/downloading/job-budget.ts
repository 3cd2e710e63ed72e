import { Rejection } from '../jobs/rejection.js';

/** The byte budget of one job: kept images and running downloads count. */
export class JobBudget {
  private usedBytes = 0;

  constructor(private readonly maxBytes: number) {}

  /** Counts an image that is already kept. */
  spend(bytes: number): void {
    this.usedBytes += bytes;
  }

  /** Gives back the bytes of an image that is no longer kept. */
  giveBack(bytes: number): void {
    this.usedBytes -= bytes;
  }

  /** Opens an account for one download; its bytes are given back at its end unless the image is kept. */
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

/** The bytes that one download takes of its job's budget. */
export interface BudgetAccount extends Disposable {
  /** @throws Rejection `job_budget_spent` */
  spend(bytes: number): void;
  /** Keeps the bytes spent, since the image is kept. */
  keep(): void;
}
