import { createHash } from 'node:crypto';
import type { ImageRecord } from '../../../src/jobs/image-record.js';
import { type Replica, startReplica } from '../../replica/replica.ts';
import type { CatalogueLine } from '../../replica/web/entry.ts';
import { Collecting, recordOf, orderOf } from '../../support/collecting.js';

const QUERY = 'lighthouses';

describe('the collector on an image web where nine in ten addresses misbehave', () => {
  let replica: Replica;
  let lines: readonly CatalogueLine[];
  let collecting: Collecting;

  beforeAll(async () => {
    replica = await startReplica({ web: 'hostile', seed: 7, imageBytes: [5000, 30_000], latencyMs: [5, 40] });
    lines = await replica.catalogue(QUERY, 150);
  });

  afterAll(() => replica.close());

  beforeEach(async () => {
    // Stalled and dripping bodies must end; good ones must not, even on a busy machine.
    const limits = { stallMs: 6000, rateWindowMs: 4000, answerDeadlineMs: 15_000, doubtAfterMs: 100 };
    collecting = await Collecting.start({ limits, allowedHosts: replica.allowPrivateHosts });
  });

  afterEach(() => collecting[Symbol.asyncDispose]());

  const collect = async (count: number): Promise<readonly ImageRecord[]> => {
    const signal = new AbortController().signal;
    return (await collecting.collector.collect(orderOf(candidates(lines), count), collecting, signal)).kept;
  };

  it('keeps only good images, byte for byte, and reports a reason for all others', async () => {
    const kept = await collect(150);
    // A copy may be kept for a while, until its better original arrives.
    const ends = new Map(collecting.outcomes.map((record) => [record.position, record]));
    const wrong = [...ends.values()].filter(({ position, outcome }) => {
      const line = lines[position];
      if (line === undefined || line.verdict === 'either') return false;
      if (line.verdict === 'good') return outcome.status !== 'kept' && !isDuplicate(position, outcome);
      return line.verdict === 'bad' && outcome.status === 'kept';
    });
    expect(
      wrong.map(({ position, outcome }) => ({ behaviour: lines[position]?.behaviour, outcome })),
    ).toEqual([]);
    expect(ends.size).toBe(lines.length);
    expect(copiesAmong(kept)).toEqual([]);
    const files = await collecting.bytesOf({ kept });
    const digests = files.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
    expect(digests).toEqual(kept.map(({ position }) => lines[position]?.sha256));
    expect(new Set(digests).size).toBe(kept.length);
    expect(replica.stats().canaryConnections).toBe(0);
  }, 120_000);

  it('ends with exactly the ordered number, without waiting for stalled downloads', async () => {
    expect(await collect(12)).toHaveLength(12);
    expect(await collecting.files()).toHaveLength(12);
  });

  /** Kept copies whose original is also kept. */
  function copiesAmong(kept: readonly ImageRecord[]): (string | undefined)[] {
    const positions = new Set(kept.map(({ position }) => position));
    return kept
      .filter(({ position }) => positions.has(lines[position]?.sameAs ?? -1))
      .map(({ position }) => lines[position]?.behaviour);
  }

  /** A good address may lose against its exact copy, whichever comes first. */
  function isDuplicate(position: number, outcome: ImageRecord['outcome']): boolean {
    const twins = lines.filter(({ sha256 }) => sha256 === lines[position]?.sha256);
    return outcome.status === 'rejected' && outcome.reason === 'exact_duplicate' && twins.length > 1;
  }
});

async function* candidates(lines: readonly CatalogueLine[]): AsyncGenerator<ImageRecord, void, void> {
  for (const [position, { url, width, height }] of lines.entries()) {
    const record = recordOf(url, position);
    yield { ...record, candidate: { ...record.candidate, claimed: { width, height } } };
  }
}
