import type { Clock, Instant } from '../src/jobs/clock.port.js';

/** A conversation is held to turns for so long after the platform last said that there were too many messages. */
const HELD_FOR_MS = 60_000;
/** More than a day of one message a second would need is never kept. */
const MOST_KEPT = 100_000;

/**
 * Gives each message its turn in a conversation that the platform takes no more messages in for a while. Without
 * turns, a hundred jobs that end in one channel would all ask again every second, and the platform take one.
 */
export class PostPace {
  /** Since when the platform takes messages again, by conversation. */
  private readonly openAt = new Map<string, Instant>();
  /** The last turn that was given, by conversation. */
  private readonly last = new Map<string, Instant>();
  /** Turns that have been given and not been taken, by message. */
  private readonly turns = new Map<string, Instant>();

  /** @param everyMs shortest time between two messages of a conversation, once there were too many */
  constructor(
    private readonly everyMs: number,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Takes notice that a conversation takes no message before `waitMs` are over. */
  close(conversation: string, waitMs: number): void {
    keep(this.openAt, conversation, this.clock.now() + waitMs);
  }

  /** @returns how long a message has to wait for its turn, in milliseconds; 0: it is its turn, which is taken */
  waitMs(conversation: string, message: string): number {
    const now = this.clock.now();
    const turn = this.turnOf(conversation, message, now);
    this.turns.delete(message);
    if (turn <= now) return 0;
    keep(this.turns, message, turn);
    return Math.ceil(turn - now);
  }

  private turnOf(conversation: string, message: string, now: Instant): Instant {
    const openAt = this.openAt.get(conversation) ?? Number.NEGATIVE_INFINITY;
    const given = this.turns.get(message);
    // A turn that comes while nothing is taken is given anew, so that not all of them come at the same moment.
    if (given !== undefined && (given > now || openAt <= now)) return given;
    if (openAt + HELD_FOR_MS <= now) return now;
    const behind = (this.last.get(conversation) ?? Number.NEGATIVE_INFINITY) + this.everyMs;
    const turn = Math.max(now, openAt, behind);
    keep(this.last, conversation, turn);
    return turn;
  }
}

/** Forgets the oldest when there are too many: it then gets another turn. */
function keep(map: Map<string, Instant>, key: string, value: Instant): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST_KEPT && oldest !== undefined) map.delete(oldest);
}
