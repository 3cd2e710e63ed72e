import type { Handler } from './exchange.ts';
import { openOrigin, type Origin } from './origin.ts';
import type { Stats } from './stats.ts';

/** Something that listens until it is closed. */
export interface Listener {
  close(): Promise<void>;
}

/** All listening addresses of a replica, so that none stays open if a later one cannot be opened. */
export class Doors {
  readonly #open: Listener[] = [];

  /** Opens a listening address. @see openOrigin */
  async open(address: string, port: number, stats: Stats, handlers: readonly Handler[]): Promise<Origin> {
    return this.keep(await openOrigin(address, port, stats, handlers));
  }

  /** Adds a listener that was opened elsewhere. */
  keep<T extends Listener>(listener: T): T {
    this.#open.push(listener);
    return listener;
  }

  /** Closes everything. */
  async close(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((listener) => listener.close()));
  }
}
