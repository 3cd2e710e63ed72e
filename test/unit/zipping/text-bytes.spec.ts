import { bytesInTurns } from '../../../src/zipping/text-bytes.js';
import { fc } from '../../support/properties.js';

const SLOW_MS = 10;

describe('bytesInTurns', () => {
  it('joins the parts to their UTF-8 bytes', async () => {
    const parts = fc.array(fc.string({ unit: 'grapheme' }));
    await fc.assert(
      fc.asyncProperty(parts, async (texts) => {
        expect(String(await bytesInTurns(texts))).toBe(texts.join(''));
      }),
    );
  });

  it('lets others work between parts that take long', async () => {
    let turns = 0;
    const count = (): void => {
      turns += 1;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    function* slowly(): Generator<string> {
      for (const part of ['a', 'b', 'c', 'd']) {
        const until = performance.now() + SLOW_MS;
        while (performance.now() < until);
        yield part;
      }
    }
    const bytes = await bytesInTurns(slowly());
    clearImmediate(next);
    expect(String(bytes)).toBe('abcd');
    expect(turns).toBeGreaterThanOrEqual(3);
  });
});
