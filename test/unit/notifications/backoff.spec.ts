import { backoffMs } from '../../../src/jobs/timing/backoff.js';
import { DEFERRED_BACKOFF, Jitter, UNREACHABLE_BACKOFF } from '../../../src/notifications/notice-backoff.js';

describe('backoffMs', () => {
  it('grows from attempt to attempt, up to its cap', () => {
    expect([1, 2, 3, 4, 99].map((attempt) => backoffMs(attempt, UNREACHABLE_BACKOFF))).toEqual([
      1000, 2000, 4000, 7000, 7000,
    ]);
    expect([1, 2, 3, 4, 5, 6].map((attempt) => backoffMs(attempt, DEFERRED_BACKOFF))).toEqual([
      5000, 15_000, 45_000, 135_000, 300_000, 300_000,
    ]);
  });
});

describe('Jitter', () => {
  it('spreads by a fifth at most', () => {
    const spread = Array.from({ length: 500 }, () => new Jitter().spread(1000));
    expect(Math.min(...spread)).toBeGreaterThanOrEqual(800);
    expect(Math.max(...spread)).toBeLessThanOrEqual(1200);
    expect(new Set(spread).size).toBeGreaterThan(50);
  });
});
