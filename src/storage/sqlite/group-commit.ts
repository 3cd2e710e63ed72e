import { isAppError } from '../../jobs/app-error.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** A write for the next transaction. */
interface Waiting {
  /** Writes. @returns a function that tells the caller once the data is on the disk */
  readonly write: () => () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Groups the writes of one turn of the event loop into one transaction, in their order, so that the disk is
 * waited for only once.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];

  constructor(private readonly db: SqliteDatabase) {}

  /**
   * @param work may run twice: its first run is undone if another write of its turn was refused
   * @returns the result of `work` once it is on the disk; a write that throws does not keep others from being
   *   written
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
      // A refusal by the store applies to every write; a bug applies only to its own write.
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
