import type { Clock, Instant } from './clock.port.js';

/** A missing thing counts as wanted this long. */
const WANTED_FOR_MS = 86_400_000;

/** Things that jobs ask of this process and that it lacks. */
export class Lacking<Name extends string> {
  private readonly asked = new Map<Name, Instant>();

  constructor(private readonly clock: Clock) {}

  /** Records that a job asked in vain. @returns whether it is the first time in this process */
  note(name: Name): boolean {
    const isFirst = !this.asked.has(name);
    this.asked.set(name, this.clock.now());
    return isFirst;
  }

  /** The missing things that jobs asked for within the last day. */
  get names(): readonly Name[] {
    const since = this.clock.now() - WANTED_FOR_MS;
    return [...this.asked].flatMap(([name, at]) => (at > since ? [name] : []));
  }
}
