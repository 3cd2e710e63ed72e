import { isAppError } from '../../jobs/app-error.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** A write that waits for the next transaction. */
interface Waiting {
  /** Writes. @returns what tells the caller, once it is on the disk */
  readonly write: () => () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Puts the writes of one turn of the event loop into one transaction, in their order: the disk is waited for once
 * and not once for each, and everything else waits only for that.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];

  constructor(private readonly db: SqliteDatabase) {}

  /**
   * @param work may be run twice: its first time is undone where another one of its turn was refused
   * @returns what `work` returned, once it is on the disk; one that throws keeps no other from being written
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
      // What the whole store refuses, it refuses each of them; a mistake is one's own.
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
