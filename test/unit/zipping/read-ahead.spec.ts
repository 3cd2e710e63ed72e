import { readAhead } from '../../../src/zipping/read-ahead.js';

const READ = { read: async (item: number) => item * 10, bytesOf: () => 1, maxBytes: 2 };

describe('readAhead', () => {
  it('yields in order, and reads ahead only up to its limit', async () => {
    const begun: number[] = [];
    const seen: string[] = [];
    const read = async (item: number) => {
      begun.push(item);
      return item * 10;
    };
    for await (const result of readAhead([1, 2, 3, 4], { ...READ, read }))
      seen.push(`${result} with ${begun.join('')} begun`);
    expect(seen).toEqual([
      '10 with 12 begun',
      '20 with 123 begun',
      '30 with 1234 begun',
      '40 with 1234 begun',
    ]);
  });

  it('reads items larger than its limit one at a time', async () => {
    let now = 0;
    let most = 0;
    const read = async (item: number) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
      return item;
    };
    const results: number[] = [];
    const large = { read, bytesOf: () => 1000, maxBytes: 10 };
    for await (const result of readAhead([1, 2, 3], large)) results.push(result);
    expect(results).toEqual([1, 2, 3]);
    expect(most).toBe(1);
  });

  it('yields nothing for no items', async () => {
    await expect(readAhead([], READ).next()).resolves.toEqual({ done: true, value: undefined });
  });

  it('fails at the item that cannot be read', async () => {
    const read = async (item: number) => {
      if (item === 2) throw new Error('unreadable');
      return item;
    };
    const reading = readAhead([1, 2], { ...READ, read });
    await expect(reading.next()).resolves.toMatchObject({ value: 1 });
    await expect(reading.next()).rejects.toThrow('unreadable');
  });
});
