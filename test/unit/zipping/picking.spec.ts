import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { DiskArchiveStore } from '../../../src/zipping/disk.archive-store.js';
import { type PickedZip, pickedZip } from '../../../src/zipping/picking/picked-zip.js';
import { ArchiveContents, type ArchiveListing } from '../../../src/zipping/reading/archive-contents.js';
import { packArchive } from '../../support/packed-archive.js';
import { fc } from '../../support/properties.js';
import { openZip } from '../../support/zip-contents.js';

const NEVER = new AbortController().signal;
const IMAGES = Array.from({ length: 12 }, (_, index) => randomBytes(500 + 37 * index));
const WANTED = 15;

describe('a picked zip', () => {
  let folder: string;
  let store: DiskArchiveStore;
  let listing: ArchiveListing;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'image-job-picking-'));
    store = new DiskArchiveStore(folder);
    const { job, archive } = await packArchive(store, IMAGES, { wanted: WANTED });
    listing = await new ArchiveContents(store).read(job, archive, NEVER);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const bytesOf = async ({ parts, rest }: PickedZip) =>
    Buffer.concat([await buffer(await store.openParts(listing.zip.name, parts, NEVER)), rest]);
  const open = async (zip: Buffer) => {
    const path = join(folder, 'picked.zip');
    await writeFile(path, zip);
    return openZip(path);
  };

  it('has the picked images unchanged, in order, with manifests of only them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(
          IMAGES.map((_, index) => index),
          { minLength: 1 },
        ),
        async (picked) => {
          const plan = await pickedZip(listing, picked);
          const zip = await bytesOf(plan);
          expect(zip.length).toBe(plan.bytes);
          const entries = await open(zip);
          const names = picked.map((index) => listing.entries[index]?.name);
          const beside = ['manifest.csv', 'manifest.json', 'index.html', 'shortfall.txt'];
          expect(entries.map(({ name }) => name)).toEqual([...names, ...beside]);
          for (const [at, index] of picked.entries())
            expect(entries[at]?.bytes.equals(IMAGES[index] ?? Buffer.alloc(0))).toBe(true);
          const manifest: unknown = JSON.parse(String(entries[picked.length + 1]?.bytes));
          expect(manifest).toMatchObject({ delivered: IMAGES.length, askedFor: WANTED });
          expect(manifest).toHaveProperty(
            'files',
            picked.map((index) => listing.manifest.files[index]),
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  it('says in its manifest and contact sheet how many of the images it has', async () => {
    const entries = await open(await bytesOf(await pickedZip(listing, [2, 5])));
    const [, , , manifest, sheet] = entries.map(({ bytes }) => bytes.toString());
    expect(manifest).toContain('"picked": 2');
    expect(sheet).toContain('2 chosen of 12 images');
  });

  it('is the archive itself if every image is picked', async () => {
    const zip = await bytesOf(
      await pickedZip(
        listing,
        IMAGES.map((_, index) => index),
      ),
    );
    expect(createHash('sha256').update(zip).digest('hex')).toBe(listing.zip.sha256);
  });

  it('reads neighbours in one range', async () => {
    expect((await pickedZip(listing, [0, 1, 2, 6, 7, 11])).parts).toHaveLength(3);
  });

  it('has the same bytes each time', async () => {
    const [first, second] = [await pickedZip(listing, [1, 4]), await pickedZip(listing, [1, 4])];
    expect(first.restSha256).toBe(second.restSha256);
    expect(first.rest.equals(second.rest)).toBe(true);
  });
});
