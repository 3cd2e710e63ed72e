import type { Clock, Instant } from '../../src/jobs/clock.port.js';

/** A conversation keeps to turns for this long after the platform last refused a message as too many. */
const HELD_FOR_MS = 60_000;
/** A message that did not come this long after its turn never will: its job is gone. */
const AWAITED_FOR_MS = 10_000;
/** Maximum number of conversations that keep to turns at a time. */
const MOST_LINES = 10_000;

/** The waiting messages of one conversation. */
interface Line {
  /** When the platform takes messages again. */
  openAt: Instant;
  /** The latest turn that was given. */
  last: Instant;
  /** Turns that were given but not used yet, by message. */
  readonly turns: Map<string, Instant>;
}

/**
 * Gives each message a turn in a conversation whose platform refuses more messages for a while. Without
 * turns, a hundred jobs that end in one channel would all try again every second, and the platform would
 * accept one.
 */
export class PostPace {
  private readonly lines = new Map<string, Line>();

  /** @param everyMs minimum time between two messages of a conversation that keeps to turns */
  constructor(
    private readonly everyMs: number,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Records that a conversation takes no message for `waitMs`, and moves all its turns. */
  close(conversation: string, waitMs: number): void {
    const now = this.clock.now();
    const line = this.lines.get(conversation) ?? this.newLine(conversation);
    line.openAt = Math.max(line.openAt, now + waitMs);
    for (const [message, turn] of line.turns) if (turn + AWAITED_FOR_MS < now) line.turns.delete(message);
    const first = [...line.turns.values()].reduce((least, turn) => Math.min(least, turn), Infinity);
    const byMs = line.openAt - first;
    if (line.turns.size === 0 || byMs <= 0) return;
    for (const [message, turn] of line.turns) line.turns.set(message, turn + byMs);
    line.last += byMs;
  }

  /**
   * @returns the time until the turn of a message, in milliseconds; 0: the turn has come and counts as used
   */
  waitMs(conversation: string, message: string): number {
    const now = this.clock.now();
    const line = this.lines.get(conversation);
    if (line === undefined) return 0;
    if (Math.max(line.openAt + HELD_FOR_MS, line.last) <= now) {
      this.lines.delete(conversation);
      return 0;
    }
    const turn = line.turns.get(message) ?? this.newTurn(line, now);
    line.turns.delete(message);
    if (turn <= now) return 0;
    line.turns.set(message, turn);
    return Math.ceil(turn - now);
  }

  private newTurn(line: Line, now: Instant): Instant {
    line.last = Math.max(now, line.openAt, line.last + this.everyMs);
    return line.last;
  }

  /** Gives up the oldest line if there are too many: its messages only come sooner. */
  private newLine(conversation: string): Line {
    const [oldest] = this.lines.keys();
    if (this.lines.size >= MOST_LINES && oldest !== undefined) this.lines.delete(oldest);
    const line: Line = {
      openAt: Number.NEGATIVE_INFINITY,
      last: Number.NEGATIVE_INFINITY,
      turns: new Map(),
    };
    this.lines.set(conversation, line);
    return line;
  }
}
