import { answerWaitMs } from '../../../bots/conversation/answer-waits.js';

describe('the wait before an answer is tried again', () => {
  it('is a few seconds for a minute, and then stays the same', () => {
    const waits = Array.from({ length: 40 }, (_, tried) => answerWaitMs(tried + 1, null));
    expect(waits.slice(0, 4)).toEqual([1000, 2000, 5000, 5000]);
    expect(waits.slice(0, 13).reduce((sum, ms) => sum + ms)).toBeGreaterThanOrEqual(55_000);
    expect(Math.max(...waits.slice(0, 13))).toBe(5000);
    expect(waits.slice(13)).toEqual(waits.slice(13).fill(15_000));
  });

  it('is never less than the platform asked for', () => {
    expect(answerWaitMs(1, 90_000)).toBe(90_000);
    expect(answerWaitMs(20, 90_000)).toBe(90_000);
    expect(answerWaitMs(20, 10)).toBe(15_000);
  });
});
