import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAppError } from '../../../../src/jobs/app-error.js';
import { DiskArchiveStore } from '../../../../src/zipping/disk.archive-store.js';
import { ArchiveContents } from '../../../../src/zipping/reading/archive-contents.js';
import { contentRange, readRange } from '../../../../src/zipping/reading/archive-entries.js';
import { packArchive, type PackedJob } from '../../../support/packed-archive.js';
import { fc } from '../../../support/properties.js';

const NEVER = new AbortController().signal;
const IMAGES = Array.from({ length: 5 }, (_, index) => randomBytes(1000 + index));

describe('ArchiveContents', () => {
  let folder: string;
  let store: DiskArchiveStore;
  let packed: PackedJob;
  let zip: Buffer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'image-job-contents-'));
    store = new DiskArchiveStore(folder);
    packed = await packArchive(store, IMAGES);
    zip = await readFile(join(folder, packed.archive.name));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const read = (signal = NEVER) => new ArchiveContents(store).read(packed.job, packed.archive, signal);

  /** Reads other bytes under the name of the archive. */
  const readInstead = async (bytes: Buffer) => {
    const name = `${packed.job.id}/2.zip` as const;
    const archive = { name, ...(await store.put(name, Buffer.from(bytes), NEVER)) };
    return new ArchiveContents(store).read(packed.job, archive, NEVER);
  };

  it('lists the files of the manifest with the places of their bytes', async () => {
    const { manifest, entries, zip: stored } = await read();
    expect(manifest.files.map(({ file }) => file)).toEqual(entries.map(({ name }) => name));
    expect(manifest).toMatchObject({ query: packed.job.request.query, delivered: 5, askedFor: 5 });
    for (const [index, entry] of entries.entries()) {
      const { start, bytes } = await contentRange(store, stored, entry, NEVER);
      const content = await readRange(store, stored.name, { start, end: start + bytes - 1 }, NEVER);
      expect(content.equals(IMAGES[index] ?? Buffer.alloc(0))).toBe(true);
    }
  });

  it('reads once for readers at the same time, also if the first of them leaves', async () => {
    const contents = new ArchiveContents(store);
    const leaving = new AbortController();
    const first = contents.read(packed.job, packed.archive, leaving.signal);
    const second = contents.read(packed.job, packed.archive, NEVER);
    const reason = new Error('has left');
    leaving.abort(reason);
    await expect(first).rejects.toBe(reason);
    expect(await contents.read(packed.job, packed.archive, NEVER)).toBe(await second);
  });

  it('tells that there is no archive, and finds it when it is there', async () => {
    const contents = new ArchiveContents(store);
    const missing = { ...packed.archive, name: `${packed.job.id}/9.zip` as const };
    await expect(contents.read(packed.job, missing, NEVER)).rejects.toMatchObject({
      code: 'archive.not_found',
    });
    const name = missing.name;
    const archive = { ...packed.archive, ...(await store.put(name, Buffer.from(zip), NEVER)), name };
    expect((await contents.read(packed.job, archive, NEVER)).entries).toHaveLength(5);
  });

  it.each([
    ['empty', () => Buffer.alloc(0)],
    ['no zip', () => randomBytes(5000)],
    ['cut off', () => zip.subarray(0, -1)],
    ['only its end', () => zip.subarray(-22)],
  ])('refuses an archive that is %s', async (_what, bytes) => {
    await expect(readInstead(bytes())).rejects.toMatchObject({ code: 'archive.failed' });
  });

  it('refuses a directory of another size than stated, without reserving that size', async () => {
    const huge = Buffer.from(zip);
    huge.writeUInt32LE(0xfffffff0, huge.length - 10);
    await expect(readInstead(huge)).rejects.toMatchObject({ code: 'archive.failed' });
  });

  it('reads or refuses an archive with any wrong bytes', async () => {
    const end = zip.length - 1;
    // Most of what can be wrong is in the directory, at the end.
    const place = fc.oneof(
      fc.integer({ min: 0, max: end }),
      fc.integer({ min: zip.length - 1100, max: end }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(place, fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 }),
        async (changes) => {
          const wrong = Buffer.from(zip);
          for (const [at, value] of changes) wrong[at] = value;
          const failure = await readInstead(wrong).then(
            () => null,
            (error: unknown) => error,
          );
          expect(failure === null || isAppError(failure, 'archive.failed')).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });
});
