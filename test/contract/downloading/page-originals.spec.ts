import { type Replica, startReplica } from '../../replica/replica.ts';
import type { CatalogueLine } from '../../replica/web/entry.ts';
import type { Candidate } from '../../../src/jobs/candidate.js';
import type { ImageRecord } from '../../../src/jobs/image-record.js';
import { Collecting, recordOf } from '../../support/collecting.js';

const QUERY = 'herons';
const COUNT = 24;

/** The results of an engine that hides its originals. */
function candidate({ pageUrl, previewUrl, title, index }: CatalogueLine): Partial<Candidate> {
  return { imageUrl: null, pageUrl, previewUrl, title, sourceId: String(index) };
}

function record(line: CatalogueLine, changes: Partial<Candidate> = {}): ImageRecord {
  const base = recordOf(null, line.index);
  return { ...base, candidate: { ...base.candidate, ...candidate(line), ...changes } };
}

describe('originals that only their source page links', () => {
  let replica: Replica;
  let lines: readonly CatalogueLine[];
  let collecting: Collecting;

  beforeAll(async () => {
    replica = await startReplica({ web: 'clean', imageBytes: [250_000, 400_000], latencyMs: [5, 20] });
    lines = await replica.catalogue(QUERY, COUNT);
  });

  afterAll(() => replica.close());

  beforeEach(async () => {
    collecting = await Collecting.start({ allowedHosts: replica.allowPrivateHosts });
  });

  afterEach(() => collecting[Symbol.asyncDispose]());

  it('are found by their similarity, without errors, and labelled', async () => {
    const { kept } = await collecting.collectRecords(
      lines.map((line) => record(line)),
      COUNT,
    );
    const found = kept.map(({ position, candidate: { imageUrl, foundBy } }) => ({
      position,
      imageUrl,
      foundBy,
    }));
    expect(found).toEqual(
      lines.map(({ index, url }) => ({ position: index, imageUrl: url, foundBy: 'page' })),
    );
    const hashes = new Set(kept.map(({ urlHash }) => urlHash));
    expect(hashes).toEqual(new Set(lines.map((line) => record(line).urlHash)));
  });

  it('are reported before they are downloaded', async () => {
    const [line] = lines;
    if (line === undefined) throw new RangeError('no results');
    const { kept } = await collecting.collectRecords([record(line)], 1);
    expect(collecting.resolved.at(-1)?.candidate).toEqual(kept[0]?.candidate);
    expect(collecting.resolved.at(-1)?.outcome).toEqual({ status: 'found' });
  });

  it('replace dead addresses', async () => {
    const dead = lines.map((line) =>
      record(line, { imageUrl: `${new URL(line.url).origin}/gone/${line.index}` }),
    );
    const { kept } = await collecting.collectRecords(dead, COUNT);
    expect(kept.map(({ candidate: { imageUrl } }) => imageUrl)).toEqual(lines.map(({ url }) => url));
  });

  it('are neither found nor replaced if the page shows only other pictures', async () => {
    const other = lines.at(-1)?.previewUrl ?? null;
    const lost = lines.slice(0, 8).map((line) => record(line, { previewUrl: other }));
    expect((await collecting.collectRecords(lost, 8)).kept).toEqual([]);
    expect(lost.map((_lost, position) => collecting.endOf(position))).toEqual(lost.map(() => 'no_image_url'));
  });

  it('keep the reason of the dead address if the page does not help', async () => {
    const [line] = lines;
    if (line === undefined) throw new RangeError('no results');
    const imageUrl = `${new URL(line.url).origin}/gone`;
    const lost = record(line, { imageUrl, pageUrl: `${new URL(line.url).origin}/no-page` });
    await collecting.collectRecords([lost], 1);
    expect(collecting.endOf(0)).toBe('http_status: 404');
    expect(collecting.outcomes[0]?.candidate.imageUrl).toBe(imageUrl);
  });
});
