import type { Clock, Instant } from './clock.port.js';

/** What was asked for in vain counts as wanted this long. */
const WANTED_FOR_MS = 86_400_000;

/** What jobs ask this process for and it does not have. */
export class Lacking<Name extends string> {
  private readonly asked = new Map<Name, Instant>();

  constructor(private readonly clock: Clock) {}

  /** Notes that a job has asked in vain. @returns whether it is the first time in this process */
  note(name: Name): boolean {
    const isFirst = !this.asked.has(name);
    this.asked.set(name, this.clock.now());
    return isFirst;
  }

  /** What was asked for within the last day. */
  get names(): readonly Name[] {
    const since = this.clock.now() - WANTED_FOR_MS;
    return [...this.asked].flatMap(([name, at]) => (at > since ? [name] : []));
  }
}
