import { isAppError } from '../../jobs/app-error.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** A write that waits for the next transaction. */
interface Waiting {
  /** Writes. @returns a function that resolves the caller's promise, to be called after the commit */
  readonly write: () => () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Puts the writes of one turn of the event loop into one transaction, in order, so that they wait for the
 * disk only once.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];

  constructor(private readonly db: SqliteDatabase) {}

  /**
   * Runs `work` in the next transaction. If it throws, the other writes still succeed.
   * @param work may run twice: if another write of the transaction fails, the first run is rolled back
   * @returns the result of `work`, after the commit
   */
  run<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) setImmediate(() => this.commit());
      const write = (): (() => void) => {
        const result = work();
        return () => resolve(result);
      };
      this.waiting.push({ write, fail: reject });
    });
  }

  private commit(): void {
    const group = this.waiting;
    this.waiting = [];
    try {
      this.commitTogether(group);
    } catch (error) {
      // Only a bug belongs to a single write; any other failure of the store affects all of them.
      if (isAppError(error, 'internal.unexpected')) for (const one of group) this.commitAlone(one);
      else for (const { fail } of group) fail(error);
    }
  }

  private commitAlone(one: Waiting): void {
    try {
      this.commitTogether([one]);
    } catch (error) {
      one.fail(error);
    }
  }

  private commitTogether(group: readonly Waiting[]): void {
    const told = this.db.transaction(() => group.map(({ write }) => write()));
    for (const tell of told) tell();
  }
}
