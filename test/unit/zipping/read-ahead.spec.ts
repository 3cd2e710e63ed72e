import { readAhead } from '../../../src/zipping/read-ahead.js';

describe('readAhead', () => {
  it('reads in order, one item ahead of the one in use and no further', async () => {
    const begun: number[] = [];
    const seen: string[] = [];
    const read = async (item: number) => {
      begun.push(item);
      return item * 10;
    };
    for await (const [item, result] of readAhead([1, 2, 3], read)) {
      seen.push(`${item}:${result} begun ${begun.join('')}`);
    }
    expect(seen).toEqual(['1:10 begun 12', '2:20 begun 123', '3:30 begun 123']);
  });

  it('reads nothing of nothing', async () => {
    await expect(readAhead([], async () => 0).next()).resolves.toEqual({ done: true, value: undefined });
  });

  it('fails where it comes to the item that cannot be read', async () => {
    const reading = readAhead([1, 2], async (item) => {
      if (item === 2) throw new Error('unreadable');
      return item;
    });
    await expect(reading.next()).resolves.toMatchObject({ value: [1, 1] });
    await expect(reading.next()).rejects.toThrow('unreadable');
  });
});
