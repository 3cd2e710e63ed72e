import type { Clock, Instant } from '../../src/jobs/clock.port.js';

/** A conversation is held to turns for so long after the platform last said that there were too many messages. */
const HELD_FOR_MS = 60_000;
/** Whoever has not come by then will not come: the job is gone. */
const AWAITED_FOR_MS = 10_000;
/** More conversations than that are not held to turns at a time. */
const MOST_LINES = 10_000;

/** The messages of one conversation that wait for their turn. */
interface Line {
  /** Since when the platform takes messages again. */
  openAt: Instant;
  /** The last turn that was given. */
  last: Instant;
  /** Turns that have been given and not been taken, by message. */
  readonly turns: Map<string, Instant>;
}

/**
 * Gives each message its turn in a conversation that the platform takes no more messages in for a while. Without
 * turns, a hundred jobs that end in one channel would all ask again every second, and the platform take one.
 */
export class PostPace {
  private readonly lines = new Map<string, Line>();

  /** @param everyMs shortest time between two messages of a conversation, once there were too many */
  constructor(
    private readonly everyMs: number,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Takes notice that a conversation takes no message before `waitMs` are over: the whole line moves on. */
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

  /** @returns how long a message has to wait for its turn, in milliseconds; 0: it is its turn, which is taken */
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

  /** The oldest line is given up when there are too many: its messages just come sooner. */
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
