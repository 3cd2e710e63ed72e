import { AppError } from '../../../src/jobs/app-error.js';
import type { ImageRecord } from '../../../src/jobs/image-record.js';
import { resolveOnPull } from '../../../src/pipeline/resolve-on-pull.js';
import type { FoundRecord } from '../../../src/pipeline/record-before-download.js';
import type { ShownOriginal } from '../../../src/scraping/found-candidate.js';
import { recordOf } from '../../support/collecting.js';
import '../../support/quiet-logs.js';

/** Shows the originals of even ids. */
class EvenOnly {
  readonly asked: string[] = [];

  resolve(sourceId: string): Promise<ShownOriginal | null> {
    this.asked.push(sourceId);
    const isEven = Number(sourceId.replace('id-', '')) % 2 === 0;
    return Promise.resolve(isEven ? { imageUrl: `https://a.test/${sourceId}`, foundBy: 'panel' } : null);
  }
}

type Resolve = (sourceId: string) => Promise<ShownOriginal | null>;

/** Records of an open search. @param resolve absent: the search is closed */
async function* eachOf(
  records: readonly ImageRecord[],
  resolve?: Resolve,
): AsyncGenerator<FoundRecord, void, void> {
  for (const record of records)
    yield { record, resolve: resolve && (() => resolve(record.candidate.sourceId)) };
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

  it('resolves originals only as far as it is pulled, and stores each before it goes on', async () => {
    const resolver = new EvenOnly();
    const records = resolveOnPull(
      eachOf(hidden, (id) => resolver.resolve(id)),
      log,
      signal,
    );
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

  it('resolves neither known addresses nor records of a closed search', async () => {
    const resolver = new EvenOnly();
    const known = recordOf('https://b.test/1', 0);
    const ofKnown = await all(
      resolveOnPull(
        eachOf([known], (id) => resolver.resolve(id)),
        log,
        signal,
      ),
    );
    const ofClosed = await all(resolveOnPull(eachOf(hidden), log, signal));
    expect([...ofKnown, ...ofClosed]).toEqual([known, ...hidden]);
    expect([resolver.asked, stored]).toEqual([[], []]);
  });

  it('passes candidates on unchanged if the engine cannot be asked, but not after the end of the run', async () => {
    const broken = (): Promise<null> => Promise.reject(new AppError('browser.crashed'));
    expect(await all(resolveOnPull(eachOf(hidden, broken), log, signal))).toEqual(hidden);
    const over = AbortSignal.abort(new Error('over'));
    await expect(resolveOnPull(eachOf(hidden, broken), log, over).next()).rejects.toThrow('over');
  });

  it('rejects an original whose address is too long', async () => {
    const imageUrl = `https://a.test/${'a'.repeat(1_000_000)}`;
    const long = (): Promise<ShownOriginal> => Promise.resolve({ imageUrl, foundBy: 'panel' });
    expect(await all(resolveOnPull(eachOf(hidden, long), log, signal))).toEqual(hidden);
    expect(stored).toEqual([]);
  });
});
