/**
 * Gives out turns, one for each turn of the event loop: work that blocks for a moment, such as a write to an
 * embedded store, then never stands between a burst of requests and their acknowledgement.
 */
export class Turns {
  private last: Promise<void> = Promise.resolve();

  /** Resolves when it is one's turn. */
  next(): Promise<void> {
    this.last = this.last.then(() => new Promise((resolve) => setImmediate(resolve)));
    return this.last;
  }
}
