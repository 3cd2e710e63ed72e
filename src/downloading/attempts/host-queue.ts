interface Waiting<T> {
  readonly item: T;
  readonly host: string;
  readonly notBeforeMs: number;
}

/** What is under way at one host, and what it bears. */
interface Host {
  prompt: number;
  doubtful: number;
  /** How many prompt ones it may have. */
  limit: number;
  /** Good answers since the limit changed. */
  successes: number;
  /** Refusals for good since the last good answer. */
  refusals: number;
  pausedUntilMs: number;
}

/** Doubtful ones may at most double what a host has under way. */
const WITH_DOUBTFUL = 2;

/**
 * Candidates that wait for their turn, so many at a time for each host. A host that is at its limit or that
 * asked for a pause holds up nobody else's, and a download that stalls gives its place to another one of the same
 * host. A host that asks to slow down gets half as many places, and one back after a success for each place.
 */
export class HostQueue<T> {
  private waiting: Waiting<T>[] = [];
  private readonly hosts = new Map<string, Host>();

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

  /** Adds one that had its turn before and goes on at once, before all that wait. */
  addFirst(item: T, host: string): void {
    this.waiting.unshift({ item, host, notBeforeMs: 0 });
  }

  /** Takes the first one that may start at `nowMs`; it is under way until `release`. */
  next(nowMs: number): T | null {
    const index = this.waiting.findIndex((one) => this.hasRoom(one.host) && this.startsAtMs(one) <= nowMs);
    const [taken] = index === -1 ? [] : this.waiting.splice(index, 1);
    if (taken === undefined) return null;
    this.hostOf(taken.host).prompt += 1;
    return taken.item;
  }

  /** Says that one of a host's under way is not to be counted on: its place is free for another. */
  doubt(host: string): void {
    const its = this.hostOf(host);
    its.prompt -= 1;
    its.doubtful += 1;
  }

  /** Says that one of a host's is not under way any more. */
  release(host: string, isDoubtful = false): void {
    const its = this.hostOf(host);
    if (isDoubtful) its.doubtful -= 1;
    else its.prompt -= 1;
  }

  /** Starts nothing of a host before an instant of the monotonic clock. */
  pause(host: string, untilMs: number): void {
    const its = this.hostOf(host);
    its.pausedUntilMs = Math.max(untilMs, its.pausedUntilMs);
  }

  /** Halves the limit of a host that asks to slow down. */
  slowDown(host: string): void {
    const its = this.hostOf(host);
    its.limit = Math.max(1, Math.floor(its.limit / 2));
    its.successes = 0;
  }

  /** Says that a host has refused one for good. @returns how often it has, since it answered well */
  refuse(host: string): number {
    const its = this.hostOf(host);
    its.refusals += 1;
    return its.refusals;
  }

  /** Says that a host has answered well. */
  succeed(host: string): void {
    const its = this.hostOf(host);
    its.successes += 1;
    its.refusals = 0;
    if (its.successes < its.limit || its.limit >= this.perHost) return;
    its.limit += 1;
    its.successes = 0;
  }

  /** When the next one that waits only for its time may start; null where none does. */
  nextAtMs(): number | null {
    const times = this.waiting.filter((one) => this.hasRoom(one.host)).map((one) => this.startsAtMs(one));
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Forgets those that `isUnwanted`. @returns them */
  drop(isUnwanted: (item: T) => boolean): T[] {
    const dropped = this.waiting.filter((one) => isUnwanted(one.item)).map((one) => one.item);
    this.waiting = this.waiting.filter((one) => !isUnwanted(one.item));
    return dropped;
  }

  private hasRoom(host: string): boolean {
    const { prompt, doubtful, limit } = this.hostOf(host);
    return prompt < limit && prompt + doubtful < WITH_DOUBTFUL * limit;
  }

  private startsAtMs({ host, notBeforeMs }: Waiting<T>): number {
    return Math.max(notBeforeMs, this.hostOf(host).pausedUntilMs);
  }

  private hostOf(host: string): Host {
    const known = this.hosts.get(host);
    if (known !== undefined) return known;
    const made = { prompt: 0, doubtful: 0, limit: this.perHost, successes: 0, refusals: 0, pausedUntilMs: 0 };
    this.hosts.set(host, made);
    return made;
  }
}
