import type { ImageRecord } from '../../../src/jobs/image-record.js';
import { type FoundRecord, recordBeforeDownload } from '../../../src/pipeline/record-before-download.js';
import type { FoundCandidate } from '../../../src/scraping/found-candidate.js';
import { sampleCandidate } from '../../support/sample-jobs.js';

const resolve = (): Promise<null> => Promise.resolve(null);
const hidden = (rank: number): FoundCandidate => ({ ...sampleCandidate(rank, { imageUrl: null }), resolve });

describe('recordBeforeDownload', () => {
  const stored: ImageRecord[] = [];
  const log = {
    recordFound: (records: readonly ImageRecord[]) => Promise.resolve(void stored.push(...records)),
  };
  let pulled: number;
  beforeEach(() => {
    stored.length = 0;
    pulled = 0;
  });

  async function* batchesOf(...batches: readonly (readonly FoundCandidate[])[]) {
    for (const batch of batches) {
      pulled += 1;
      yield batch;
    }
  }

  async function all(records: AsyncIterable<FoundRecord>): Promise<FoundRecord[]> {
    const list: FoundRecord[] = [];
    for await (const record of records) list.push(record);
    return list;
  }

  it('stores a record without the way to its original before it yields both', async () => {
    const records = recordBeforeDownload(batchesOf([hidden(1)], [hidden(2)]), 0, [], log);
    const { value } = await records.next();
    expect(value?.resolve).toBe(resolve);
    expect(stored).toEqual([value?.record]);
    expect(stored[0]?.candidate).not.toHaveProperty('resolve');
    expect(pulled).toBe(1);
  });

  it('yields a record of an earlier run at once if its address is known', async () => {
    const [known] = (await all(recordBeforeDownload(batchesOf([sampleCandidate(1)]), 0, [], log))).map(
      ({ record }) => record,
    );
    if (known === undefined) throw new Error('nothing was found');
    pulled = 0;
    const records = recordBeforeDownload(
      batchesOf([sampleCandidate(1), sampleCandidate(2)]),
      0,
      [known],
      log,
    );
    expect((await records.next()).value).toEqual({ record: known });
    expect(pulled).toBe(0);
    const rest = await all(records);
    expect(rest.map(({ record }) => [record.candidate.rank, record.position])).toEqual([[2, 1]]);
  });

  it('gives a record of an earlier run its way back when its engine finds it again, or yields it last', async () => {
    const found = await all(recordBeforeDownload(batchesOf([hidden(1), hidden(2)]), 0, [], log));
    const known = found.map(({ record }) => record);
    const again = await all(recordBeforeDownload(batchesOf([sampleCandidate(3), hidden(2)]), 0, known, log));
    expect(again.map(({ record }) => record.candidate.rank)).toEqual([3, 2, 1]);
    expect(again.map(({ record }) => record.position)).toEqual([2, 1, 0]);
    expect(again.map((one) => one.resolve)).toEqual([undefined, resolve, undefined]);
  });
});
