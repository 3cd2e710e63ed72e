interface Waiting<T> {
  readonly item: T;
  readonly host: string;
  readonly notBeforeMs: number;
}

/**
 * Candidates that wait for their turn, so many at a time for each host. A host that is at its limit or that
 * asked for a pause holds up nobody else's.
 */
export class HostLanes<T> {
  private waiting: Waiting<T>[] = [];
  private readonly active = new Map<string, number>();
  private readonly pausedUntilMs = new Map<string, number>();

  /** @param perHost how many of one host may be under way */
  constructor(private readonly perHost: number) {}

  /** How many wait. */
  get size(): number {
    return this.waiting.length;
  }

  /** @param notBeforeMs by the monotonic clock */
  add(item: T, host: string, notBeforeMs = 0): void {
    this.waiting.push({ item, host, notBeforeMs });
  }

  /** Takes the first one that may start at `nowMs`; it is under way until `release`. */
  take(nowMs: number): T | null {
    const index = this.waiting.findIndex((one) => this.hasRoom(one.host) && this.startsAtMs(one) <= nowMs);
    const [taken] = index === -1 ? [] : this.waiting.splice(index, 1);
    if (taken === undefined) return null;
    this.active.set(taken.host, (this.active.get(taken.host) ?? 0) + 1);
    return taken.item;
  }

  /** Says that one of a host's is not under way any more. */
  release(host: string): void {
    const left = (this.active.get(host) ?? 0) - 1;
    if (left > 0) this.active.set(host, left);
    else this.active.delete(host);
  }

  /** Starts nothing of a host before an instant of the monotonic clock. */
  pause(host: string, untilMs: number): void {
    this.pausedUntilMs.set(host, Math.max(untilMs, this.pausedUntilMs.get(host) ?? 0));
  }

  /** When the next one that waits only for its time may start; null where none does. */
  nextAtMs(): number | null {
    const times = this.waiting.filter((one) => this.hasRoom(one.host)).map((one) => this.startsAtMs(one));
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Forgets those that `isUnwanted`. */
  drop(isUnwanted: (item: T) => boolean): void {
    this.waiting = this.waiting.filter((one) => !isUnwanted(one.item));
  }

  private hasRoom(host: string): boolean {
    return (this.active.get(host) ?? 0) < this.perHost;
  }

  private startsAtMs({ host, notBeforeMs }: Waiting<T>): number {
    return Math.max(notBeforeMs, this.pausedUntilMs.get(host) ?? 0);
  }
}
