import { createHash, randomBytes } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { ArchiveName, ArchiveStore } from '../../../src/zipping/archive-store.port.js';
import { idOf } from '../../support/sample-jobs.js';
import { until } from '../../support/until.js';

/** A store to test, and how to close it. */
export interface ArchiveStoreHarness {
  readonly store: ArchiveStore;
  /** Names of all stored files, including unfinished ones. */
  readonly everything: () => Promise<string[]>;
  /** The number of its files or connections that this process has open. */
  readonly openHandles: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

const NEVER = new AbortController().signal;
const JOB = idOf('job');
const ZIP: ArchiveName = `${JOB}/1.zip`;
const THUMBNAIL: ArchiveName = `${JOB}/thumbs/ab.webp`;

async function* broken(): AsyncGenerator<Buffer> {
  yield randomBytes(1_000_000);
  throw new Error('source gone');
}

/** The contract of ArchiveStore. */
export function describeArchiveStore(start: () => Promise<ArchiveStoreHarness>): void {
  let harness: ArchiveStoreHarness;
  let store: ArchiveStore;

  beforeEach(async () => {
    harness = await start();
    store = harness.store;
  });
  afterEach(() => harness.stop());

  const jobs = async () => {
    const ids: string[] = [];
    for await (const id of store.jobs()) ids.push(id);
    return ids.toSorted();
  };
  const put = (name: ArchiveName, content: string) =>
    store.put(name, Readable.from([Buffer.from(content)]), NEVER);

  it('returns the stored bytes, with their size and digest', async () => {
    const bytes = randomBytes(3_000_000);
    const chunks = [bytes.subarray(0, 1), bytes.subarray(1, 1_000_000), bytes.subarray(1_000_000)];
    const stored = await store.put(ZIP, Readable.from(chunks), NEVER);
    expect(stored).toEqual({
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(await store.size(ZIP)).toBe(bytes.length);
    expect((await buffer(await store.open(ZIP, null, NEVER))).equals(bytes)).toBe(true);
  });

  it('stores a buffer like a stream', async () => {
    const sha256 = createHash('sha256').update('small').digest('hex');
    expect(await store.put(THUMBNAIL, Buffer.from('small'), NEVER)).toEqual({ bytes: 5, sha256 });
    expect(await text(await store.open(THUMBNAIL, null, NEVER))).toBe('small');
    await expect(store.put(ZIP, Buffer.from('late'), AbortSignal.abort(new Error('gone')))).rejects.toThrow(
      'gone',
    );
    expect(await harness.everything()).toHaveLength(1);
  });

  it('stores empty objects', async () => {
    await store.put(ZIP, Readable.from([]), NEVER);
    expect(await store.size(ZIP)).toBe(0);
    expect(await text(await store.open(ZIP, null, NEVER))).toBe('');
  });

  it('replaces an existing object', async () => {
    await put(ZIP, 'old and longer');
    await put(ZIP, 'new');
    expect(await text(await store.open(ZIP, null, NEVER))).toBe('new');
  });

  it.each([
    [{ start: 0, end: 0 }, '0'],
    [{ start: 2, end: 4 }, '234'],
    [{ start: 9, end: 9 }, '9'],
    [{ start: 0, end: 9 }, '0123456789'],
  ])('opens the range %j', async (range, expected) => {
    await put(ZIP, '0123456789');
    expect(await text(await store.open(ZIP, range, NEVER))).toBe(expected);
  });

  it('reports missing objects', async () => {
    expect(await store.size(ZIP)).toBeNull();
    await expect(store.open(ZIP, null, NEVER)).rejects.toMatchObject({ code: 'archive.not_found' });
    expect(await jobs()).toEqual([]);
  });

  it('keeps the previous object, and nothing of the new one, if the stream fails', async () => {
    await put(ZIP, 'whole');
    await expect(store.put(ZIP, Readable.from(broken()), NEVER)).rejects.toThrow('source gone');
    expect(await text(await store.open(ZIP, null, NEVER))).toBe('whole');
    expect(await harness.everything()).toEqual([ZIP]);
  });

  it('keeps nothing of an object whose put is aborted, and fails with the reason', async () => {
    const abort = new AbortController();
    async function* endless(): AsyncGenerator<Buffer> {
      for (let index = 0; ; index++) {
        if (index === 3) abort.abort(new Error('cancelled'));
        yield randomBytes(100_000);
      }
    }
    await expect(store.put(ZIP, Readable.from(endless()), abort.signal)).rejects.toThrow('cancelled');
    expect(await harness.everything()).toEqual([]);
  });

  const parts = [
    { start: 0, end: 999_999 },
    { start: 1_000_000, end: 2_999_999 },
  ];
  const openings = {
    whole: (signal: AbortSignal) => store.open(ZIP, null, signal),
    'in parts': (signal: AbortSignal) => store.openParts(ZIP, parts, signal),
  };

  describe.each(['whole', 'in parts'] as const)('opening %s with a signal that aborts', (how) => {
    const open = (signal: AbortSignal) => openings[how](signal);
    const allClosed = () => until('everything is closed', async () => (await harness.openHandles()) === 0);
    const reason = new Error('has left');
    let leaving: AbortController;
    beforeEach(async () => {
      leaving = new AbortController();
      await store.put(ZIP, Readable.from([randomBytes(3_000_000)]), NEVER);
    });

    it('before the opening, throws the reason', async () => {
      leaving.abort(reason);
      await expect(open(leaving.signal)).rejects.toBe(reason);
      await allClosed();
    });

    it('during the opening, throws the reason', async () => {
      const opening = open(leaving.signal);
      leaving.abort(reason);
      await expect(opening).rejects.toBe(reason);
      await allClosed();
    });

    it('before the first read, ends the stream without an unhandled error', async () => {
      const content = await open(leaving.signal);
      leaving.abort(reason);
      await until('the stream is closed', () => content.closed);
      await expect(pipeline(content, new Writable())).rejects.toThrow();
      await allClosed();
    });

    it('during the reading, breaks it off', async () => {
      const content = await open(leaving.signal);
      const taking = new Writable({
        write(_piece, _encoding, done) {
          leaving.abort(reason);
          done();
        },
      });
      await expect(pipeline(content, taking)).rejects.toMatchObject({ name: 'AbortError', cause: reason });
      await allClosed();
    });

    it('after the last read, changes nothing', async () => {
      expect((await buffer(await open(leaving.signal))).length).toBe(3_000_000);
      leaving.abort(reason);
      await allClosed();
    });
  });

  it('opens parts in the given order', async () => {
    await put(ZIP, '0123456789');
    const read = async (...ranges: [number, number][]) =>
      text(
        await store.openParts(
          ZIP,
          ranges.map(([from, to]) => ({ start: from, end: to })),
          NEVER,
        ),
      );
    expect(await read([7, 9], [0, 0], [3, 4])).toBe('789034');
    expect(await read([0, 9])).toBe('0123456789');
    expect(await read()).toBe('');
    await expect(read([7, 10])).rejects.toMatchObject({ code: 'archive.failed' });
    await store.delete(ZIP);
    await expect(read([0, 0])).rejects.toMatchObject({ code: 'archive.not_found' });
  });

  it('goes on with the parts of an object that is deleted meanwhile', async () => {
    const bytes = randomBytes(3_000_000);
    await store.put(ZIP, Readable.from([Buffer.from(bytes)]), NEVER);
    const content = await store.openParts(ZIP, parts, NEVER);
    await store.deleteAll(JOB);
    expect((await buffer(content)).equals(bytes)).toBe(true);
  });

  it('deletes one object and keeps the others', async () => {
    await put(ZIP, 'zip');
    await put(THUMBNAIL, 'thumbnail');
    await store.delete(ZIP);
    await store.delete(ZIP);
    expect(await harness.everything()).toEqual([THUMBNAIL]);
  });

  it('deletes every zip of a job except one, and keeps thumbnails and other jobs, any number of times', async () => {
    const other: ArchiveName = `${idOf('other')}/1.zip`;
    const winner: ArchiveName = `${JOB}/2.zip`;
    for (const name of [ZIP, winner, THUMBNAIL, other]) await put(name, name);
    await store.deleteOthers(JOB, winner);
    await store.deleteOthers(JOB, winner);
    expect(await harness.everything()).toEqual([other, winner, THUMBNAIL].toSorted());
    await expect(store.deleteOthers(idOf('nothing'), `${idOf('nothing')}/1.zip`)).resolves.toBeUndefined();
  });

  it('deletes everything of one job and nothing of another, any number of times', async () => {
    const other: ArchiveName = `${idOf('other')}/1.zip`;
    await put(ZIP, 'zip');
    await put(THUMBNAIL, 'thumbnail');
    await put(other, 'other');
    await store.deleteAll(JOB);
    await store.deleteAll(JOB);
    expect(await harness.everything()).toEqual([other]);
    expect(await jobs()).toEqual([idOf('other')]);
  });

  it('lists every job with stored objects', async () => {
    await put(ZIP, 'zip');
    await put(`${idOf('other')}/thumbs/a.webp`, 'thumbnail');
    expect(await jobs()).toEqual([JOB, idOf('other')].toSorted());
  });

  it('answers a ping if it can store', async () => {
    await expect(store.ping(NEVER)).resolves.toBeUndefined();
  });

  it.each([
    '../secret',
    `${JOB}/../../secret`,
    `${JOB}/..`,
    JOB,
    `${JOB}/`,
    `${JOB}/a\\b`,
    `/${JOB}/a`,
    `${JOB}/.a`,
  ])('refuses a name that could lead outside its folder: %j', async (name) => {
    const bad = name as ArchiveName;
    await expect(put(bad, 'x')).rejects.toMatchObject({ code: 'internal.unexpected' });
    await expect(store.size(bad)).rejects.toMatchObject({ code: 'internal.unexpected' });
    await expect(store.open(bad, null, NEVER)).rejects.toMatchObject({ code: 'internal.unexpected' });
    await expect(store.delete(bad)).rejects.toMatchObject({ code: 'internal.unexpected' });
  });

  it.each(['..', '.', '', '../..', 'x'.repeat(32)])('deletes no folder named %j', async (id) => {
    await put(ZIP, 'zip');
    await expect(store.deleteAll(id)).rejects.toMatchObject({ code: 'internal.unexpected' });
    expect(await harness.everything()).toEqual([ZIP]);
  });
}
