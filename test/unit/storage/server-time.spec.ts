import { Clock } from '../../../src/jobs/clock.port.js';
import { type TimeServer, ServerTime } from '../../../src/storage/cassandra/server-time.js';

/** A clock that only a test moves. */
class HandClock extends Clock {
  ms = 1000;

  override now(): number {
    return 0;
  }

  override monotonicMs(): number {
    return this.ms;
  }
}

/** A server whose clock is `aheadMs` ahead of ours, with these delays in both directions. */
const serverOf = (clock: HandClock, aheadMs: number, [askMs, answerMs] = [1, 1.3]): TimeServer => ({
  execute: async () => {
    clock.ms += askMs;
    const serverNow = BigInt(Math.floor(clock.ms + aheadMs));
    clock.ms += answerMs;
    return { first: () => ({ get: () => serverNow }) };
  },
});

describe('the time of the servers', () => {
  const AHEAD_MS = 1_800_000_000_000.4;

  it('is known to a few milliseconds, and advances with our own clock', async () => {
    const clock = new HandClock();
    const time = new ServerTime(clock);
    expect(time.isStale()).toBe(true);
    await time.anchor(serverOf(clock, AHEAD_MS));
    expect(time.isStale()).toBe(false);
    expect(Math.abs(time.next() / 1000 - (clock.ms + AHEAD_MS))).toBeLessThan(4);
    clock.ms += 59_000;
    expect(Math.abs(time.next() / 1000 - (clock.ms + AHEAD_MS))).toBeLessThan(4);
    clock.ms += 2000;
    expect(time.isStale()).toBe(true);
  });

  it.each([
    [1, 1],
    [40, 0.1],
    [0.1, 40],
  ])('is never ahead of their own stamps, asked in %d ms and answered in %d ms', async (...ms) => {
    const clock = new HandClock();
    const time = new ServerTime(clock);
    await time.anchor(serverOf(clock, AHEAD_MS, ms));
    for (const laterMs of [0, 0.3, 0.7, 5]) {
      clock.ms += laterMs;
      expect(time.next()).toBeLessThanOrEqual(Math.floor(clock.ms + AHEAD_MS) * 1000);
    }
  });

  describe('for many writes at once', () => {
    const many = (time: ServerTime, server: TimeServer) =>
      Promise.allSettled(Array.from({ length: 50 }, () => time.anchor(server)));

    it('is requested once', async () => {
      const clock = new HandClock();
      const time = new ServerTime(clock);
      const server = serverOf(clock, AHEAD_MS);
      let asked = 0;
      const counted = (execute: TimeServer['execute']): TimeServer => ({
        execute: (...call) => {
          asked += 1;
          return execute(...call);
        },
      });
      await time.anchor(counted(server.execute));
      const askedByOne = asked;
      await many(time, counted(server.execute));
      expect(asked).toBe(2 * askedByOne);
    });

    it('fails for all of them if the servers fail, and is requested again afterwards', async () => {
      const clock = new HandClock();
      const time = new ServerTime(clock);
      const away: TimeServer = { execute: () => Promise.reject(new Error('away')) };
      const ends = await many(time, away);
      expect(ends.map(({ status }) => status)).toEqual(ends.map(() => 'rejected'));
      expect(time.isStale()).toBe(true);
      await time.anchor(serverOf(clock, AHEAD_MS));
      expect(time.isStale()).toBe(false);
    });
  });

  it('never stands still or goes back, even if the servers correct theirs', async () => {
    const clock = new HandClock();
    const time = new ServerTime(clock);
    await time.anchor(serverOf(clock, AHEAD_MS));
    const stamps = [time.next(), time.next(), time.next()];
    await time.anchor(serverOf(clock, AHEAD_MS - 5000));
    stamps.push(time.next(), time.next());
    expect(stamps).toEqual([...new Set(stamps)].toSorted((a, b) => a - b));
  });
});
