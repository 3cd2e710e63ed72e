import { jest } from '@jest/globals';
import { RecentReads } from '../../../../src/zipping/reading/recent-reads.js';

describe('RecentReads', () => {
  const started: string[] = [];
  let reads: RecentReads<string>;
  beforeEach(() => {
    jest.useFakeTimers();
    started.length = 0;
    reads = new RecentReads({ maxCount: 2, keepMs: 1000 });
  });
  afterEach(() => jest.useRealTimers());

  const get = (key: string) =>
    reads.get(key, async () => {
      started.push(key);
      return `value of ${key}`;
    });

  it('reads once until nobody has asked for a while', async () => {
    expect(await Promise.all([get('a'), get('a')])).toEqual(['value of a', 'value of a']);
    jest.advanceTimersByTime(999);
    await get('a');
    jest.advanceTimersByTime(999);
    await get('a');
    expect(started).toEqual(['a']);
    jest.advanceTimersByTime(1000);
    await get('a');
    expect(started).toEqual(['a', 'a']);
  });

  it('forgets what was asked for longest ago', async () => {
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await get(key);
    expect(started).toEqual(['a', 'b', 'c', 'b']);
  });

  it('does not remember a failure', async () => {
    const failing = reads.get('a', () => Promise.reject(new Error('disk')));
    await expect(failing).rejects.toThrow('disk');
    expect(await get('a')).toBe('value of a');
  });
});
