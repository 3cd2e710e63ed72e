import { mergeSorted } from '../../../src/storage/cassandra/hints/merge-sorted.js';
import { collected } from '../../contract/stores/store-harness.js';
import { fc } from '../../support/properties.js';

describe('mergeSorted', () => {
  async function* from(items: readonly number[], onEnd = (): void => undefined): AsyncGenerator<number> {
    try {
      yield* items;
    } finally {
      onEnd();
    }
  }

  it('yields every item of every source in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.integer())), async (lists) => {
        const sorted = lists.map((list) => list.toSorted((a, b) => a - b));
        const merged = await collected(
          mergeSorted(
            sorted.map((list) => from(list)),
            (a, b) => a - b,
          ),
        );
        expect(merged).toEqual(lists.flat().toSorted((a, b) => a - b));
      }),
    );
  });

  it('closes every source if its reader stops early', async () => {
    let closed = 0;
    const sources = [[1, 4], [2, 5], [3]].map((items) => from(items, () => (closed += 1)));
    for await (const item of mergeSorted(sources, (a, b) => a - b)) if (item === 2) break;
    expect(closed).toBe(3);
  });
});
