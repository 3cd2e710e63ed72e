import { AppError } from '../../../src/jobs/app-error.js';
import type { Candidate } from '../../../src/jobs/candidate.js';
import type { ImageRecord } from '../../../src/jobs/image-record.js';
import { resolveOnPull } from '../../../src/pipeline/resolve-on-pull.js';
import {
  OriginalResolvers,
  OriginalResolver,
  type ShownOriginal,
} from '../../../src/scraping/original-resolvers.js';
import { recordOf } from '../../support/collecting.js';
import '../../support/quiet-logs.js';

/** Shows the originals of even ids. */
class EvenOnly extends OriginalResolver {
  readonly asked: string[] = [];

  override resolve({ sourceId }: Candidate): Promise<ShownOriginal | null> {
    this.asked.push(sourceId);
    const isEven = Number(sourceId.replace('id-', '')) % 2 === 0;
    return Promise.resolve(isEven ? { imageUrl: `https://a.test/${sourceId}`, foundBy: 'panel' } : null);
  }
}

class Broken extends OriginalResolver {
  override resolve = (): Promise<null> => Promise.reject(new AppError('browser.crashed'));
}

async function* eachOf(records: readonly ImageRecord[]): AsyncGenerator<ImageRecord, void, void> {
  yield* records;
}

async function all(records: AsyncIterable<ImageRecord>): Promise<ImageRecord[]> {
  const list: ImageRecord[] = [];
  for await (const record of records) list.push(record);
  return list;
}

describe('resolveOnPull', () => {
  const stored: ImageRecord[] = [];
  const log = { onResolved: (record: ImageRecord) => Promise.resolve(void stored.push(record)) };
  const signal = new AbortController().signal;
  const hidden = [0, 1, 2, 3].map((position) => recordOf(null, position));

  beforeEach(() => (stored.length = 0));

  it('asks for originals only as far as it is pulled, and stores what it finds before it goes on', async () => {
    const resolvers = new OriginalResolvers();
    const resolver = new EvenOnly();
    using _lent = resolvers.lend('google', resolver);
    const records = resolveOnPull(eachOf(hidden), resolvers, log, signal);
    const first = await records.next();
    expect(resolver.asked).toEqual(['id-0']);
    expect(stored).toEqual([first.value]);
    expect(first.value).toMatchObject({
      urlHash: hidden[0]?.urlHash,
      position: 0,
      candidate: { imageUrl: 'https://a.test/id-0', foundBy: 'panel' },
    });
    expect((await records.next()).value).toBe(hidden[1]);
    await records.return();
    expect(resolver.asked).toEqual(['id-0', 'id-1']);
  });

  it('asks nobody for what is known, nor when the search is closed', async () => {
    const resolvers = new OriginalResolvers();
    const resolver = new EvenOnly();
    const known = recordOf('https://b.test/1', 0);
    using lent = resolvers.lend('google', resolver);
    lent[Symbol.dispose]();
    const got = await all(resolveOnPull(eachOf([known, ...hidden]), resolvers, log, signal));
    expect(got).toEqual([known, ...hidden]);
    expect([resolver.asked, stored]).toEqual([[], []]);
  });

  it('lets candidates go on as they are when the engine cannot be asked, but not when the run is over', async () => {
    const resolvers = new OriginalResolvers();
    using _lent = resolvers.lend('google', new Broken());
    expect(await all(resolveOnPull(eachOf(hidden), resolvers, log, signal))).toEqual(hidden);
    const over = AbortSignal.abort(new Error('over'));
    await expect(resolveOnPull(eachOf(hidden), resolvers, log, over).next()).rejects.toThrow('over');
  });

  it('takes no original whose address is too long to be kept', async () => {
    const resolvers = new OriginalResolvers();
    const imageUrl = `https://a.test/${'a'.repeat(1_000_000)}`;
    class Long extends OriginalResolver {
      override resolve = (): Promise<ShownOriginal> => Promise.resolve({ imageUrl, foundBy: 'panel' });
    }
    using _lent = resolvers.lend('google', new Long());
    expect(await all(resolveOnPull(eachOf(hidden), resolvers, log, signal))).toEqual(hidden);
    expect(stored).toEqual([]);
  });
});
