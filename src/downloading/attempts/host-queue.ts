interface Waiting<T> {
  readonly item: T;
  readonly host: string;
  readonly notBeforeMs: number;
}

/** State and limits of one host. */
interface Host {
  prompt: number;
  doubtful: number;
  /** Maximum concurrent prompt downloads. */
  limit: number;
  /** Good responses since the limit changed. */
  successes: number;
  /** Final refusals since the last good response. */
  refusals: number;
  pausedUntilMs: number;
}

/** Doubtful downloads may at most double the downloads of a host. */
const WITH_DOUBTFUL = 2;

/**
 * A queue with a limit of concurrent downloads per host. A host at its limit or in a pause does not delay
 * others, and a stalled download gives its place to another one of the same host. The limit of a host that
 * asks to slow down is halved, and grows by one after as many successes as it allows downloads.
 */
export class HostQueue<T> {
  private waiting: Waiting<T>[] = [];
  private readonly hosts = new Map<string, Host>();

  /** @param perHost maximum concurrent downloads per host */
  constructor(private readonly perHost: number) {}

  /** The number of waiting items, or of those that count. */
  count(isCounted: (item: T) => boolean = () => true): number {
    return this.waiting.filter(({ item }) => isCounted(item)).length;
  }

  /** @param notBeforeMs by the monotonic clock */
  add(item: T, host: string, notBeforeMs = 0): void {
    this.waiting.push({ item, host, notBeforeMs });
  }

  /** Adds an item before all others, since it continues at once. */
  addFirst(item: T, host: string): void {
    this.waiting.unshift({ item, host, notBeforeMs: 0 });
  }

  /** Takes the first item that may start at `nowMs`; it counts as running until `release`. */
  next(nowMs: number, mayStart: (item: T) => boolean = () => true): T | null {
    const index = this.waiting.findIndex(
      (one) => mayStart(one.item) && this.hasRoom(one.host) && this.startsAtMs(one) <= nowMs,
    );
    const [taken] = index === -1 ? [] : this.waiting.splice(index, 1);
    if (taken === undefined) return null;
    this.hostOf(taken.host).prompt += 1;
    return taken.item;
  }

  /** Marks one download of a host as doubtful, so that another one may start. */
  doubt(host: string): void {
    const its = this.hostOf(host);
    its.prompt -= 1;
    its.doubtful += 1;
  }

  /** Ends one download of a host. */
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

  /** Records a final refusal of a host. @returns the number of refusals since its last good response */
  refuse(host: string): number {
    const its = this.hostOf(host);
    its.refusals += 1;
    return its.refusals;
  }

  /** Records a good response of a host. */
  succeed(host: string): void {
    const its = this.hostOf(host);
    its.successes += 1;
    its.refusals = 0;
    if (its.successes < its.limit || its.limit >= this.perHost) return;
    its.limit += 1;
    its.successes = 0;
  }

  /** When the next item that waits only for its time may start; null if there is none. */
  nextAtMs(): number | null {
    const times = this.waiting.filter((one) => this.hasRoom(one.host)).map((one) => this.startsAtMs(one));
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Removes all items that are unwanted. @returns them */
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
