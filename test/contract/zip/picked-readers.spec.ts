import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { DiskArchiveStore } from '../../../src/zipping/disk.archive-store.js';
import { type PickedZip, pickedZip } from '../../../src/zipping/picking/picked-zip.js';
import { movedRecord, zipEnd } from '../../../src/zipping/picking/zip-records.js';
import { ArchiveContents, type ArchiveListing } from '../../../src/zipping/reading/archive-contents.js';
import { readEntries } from '../../../src/zipping/reading/archive-entries.js';
import { packArchive, type PackedJob } from '../../support/packed-archive.js';
import { describeWith } from '../../support/service/installed.js';

const run = promisify(execFile);
const NEVER = new AbortController().signal;
const IMAGES = Array.from({ length: 10 }, (_, index) => randomBytes(3000 + index));
const DIGESTS = IMAGES.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
const PICKED = [1, 2, 6, 9];
/** Beyond 4 GiB; the file has a hole there. */
const FAR = 5 * 2 ** 30;

const PYTHON = `
import hashlib, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    print(json.dumps([hashlib.sha256(z.read(i)).hexdigest() for i in z.infolist() if i.filename.endswith('.jpg')]))
`;

describe('a zip of chosen images', () => {
  let folder: string;
  let store: DiskArchiveStore;
  let packed: PackedJob;
  let listing: ArchiveListing;
  let zip: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'image-job-picked-'));
    store = new DiskArchiveStore(folder);
    packed = await packArchive(store, IMAGES);
    listing = await new ArchiveContents(store).read(packed.job, packed.archive, NEVER);
    zip = join(folder, 'picked.zip');
    await write(listing, await pickedZip(listing, PICKED));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const write = async (from: ArchiveListing, { parts, rest }: PickedZip) => {
    await writeFile(zip, await buffer(await store.openParts(from.zip.name, parts, NEVER)));
    await appendFile(zip, rest);
  };
  const digests = async (path = zip) => {
    const { stdout } = await run('python3', ['-c', PYTHON, path]);
    return JSON.parse(stdout) as unknown;
  };

  describeWith('unzip', () => {
    it('passes the test of unzip', async () => {
      expect((await run('unzip', ['-t', zip])).stdout).toContain('No errors detected');
    });
  });

  describeWith('7z', () => {
    it('passes the test of 7z', async () => {
      expect((await run('7z', ['t', zip])).stdout).toContain('Everything is Ok');
    });
  });

  describeWith('python3', () => {
    it('has the chosen images byte by byte for Python', async () => {
      expect(await digests()).toEqual(PICKED.map((index) => DIGESTS[index]));
    });

    it('comes from an archive whose images lie beyond 4 GiB', async () => {
      const far = await farArchive();
      expect(await digests(join(folder, far.zip.name))).toEqual(DIGESTS);
      await write(far, await pickedZip(far, PICKED));
      expect(await digests()).toEqual(PICKED.map((index) => DIGESTS[index]));
    });
  });

  /** The same archive behind a hole, with 64-bit numbers. */
  async function farArchive(): Promise<ArchiveListing> {
    const entries = await readEntries(store, listing.zip, NEVER);
    const whole = await readFile(join(folder, listing.zip.name));
    const directoryAt = FAR + Math.max(...entries.map(({ end }) => end));
    const records = entries.map((entry) => movedRecord(entry, FAR + entry.offset));
    const directory = Buffer.concat(records);
    const end = zipEnd(records.length, directory.length, directoryAt);
    const name = `${packed.job.id}/2.zip` as const;
    await store.put(name, Buffer.alloc(0), NEVER);
    const path = join(folder, name);
    await truncate(path, FAR);
    const file = await open(path, 'a');
    try {
      await file.appendFile(Buffer.concat([whole.subarray(0, directoryAt - FAR), directory, end]));
      const archive = { name, bytes: (await file.stat()).size, sha256: packed.archive.sha256 };
      return await new ArchiveContents(store).read(packed.job, archive, NEVER);
    } finally {
      await file.close();
    }
  }
});
