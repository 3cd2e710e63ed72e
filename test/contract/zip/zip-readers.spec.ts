import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newJob } from '../../../src/jobs/job-steps.js';
import { ArchiveBuilder } from '../../../src/zipping/archive-builder.js';
import { DiskArchiveStore } from '../../../src/zipping/disk.archive-store.js';
import { ampleMemory } from '../../support/images/ample-memory.js';
import { describeWith } from '../../support/service/installed.js';
import { keptImage } from '../../support/images/kept-images.js';
import { parseCsv } from '../../support/parse-csv.js';
import { sampleJob } from '../../support/sample-jobs.js';
import { TestClock } from '../../support/test-clock.js';

const run = promisify(execFile);

const TITLES = ['Red panda', 'Ёжик 🦔', '=cmd|calc', '../../etc/passwd', null, 'x'.repeat(500)];
const BYTES = TITLES.map((_title, index) => Buffer.alloc(50_000 + index, index));
const KEPT = TITLES.map((title, index) => keptImage(index, BYTES[index] ?? Buffer.alloc(0), { title }));

const PYTHON = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    print(json.dumps([[i.filename, i.file_size, i.compress_type, '%d-%d-%d %d:%02d' % i.date_time[:5]] for i in z.infolist()]))
`;

/**
 * The instant of packing, and the time that clocks show then where the job was asked for and where it is
 * read.
 */
const PACKED_AT = Date.UTC(2027, 0, 15, 20, 30);
const ASKED_IN = 'America/New_York';
const ASKER_READS = '2027-1-15 15:30';
const READ_IN = { ...process.env, TZ: 'Asia/Tokyo' };

describe('an archive', () => {
  let folder: string;
  let zip: string;
  let digest: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'image-job-zip-'));
    const job = {
      ...newJob(sampleJob('zip', Date.UTC(2027, 0, 15), { query: 'панда', count: 9, timeZone: ASKED_IN })),
      epoch: 1,
    };
    const builder = new ArchiveBuilder(new DiskArchiveStore(folder), new TestClock(PACKED_AT), ampleMemory());
    const order = {
      job,
      kept: KEPT.toReversed(),
      shortfall: [{ reason: 'timeout', count: 3 }] as const,
      engines: [],
      read: async (image: { position: number }) => BYTES[image.position] ?? Buffer.alloc(0),
    };
    const archive = await builder.build(order, new AbortController().signal);
    zip = join(folder, archive.name);
    digest = archive.sha256;
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('has the returned digest', async () => {
    const bytes = await readFile(zip);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest);
  });

  describeWith('unzip', () => {
    it('passes the test of unzip', async () => {
      const { stdout } = await run('unzip', ['-t', zip]);
      expect(stdout).toContain('No errors detected');
    });
  });

  describeWith('7z', () => {
    it('passes the test of 7z', async () => {
      const { stdout } = await run('7z', ['t', zip]);
      expect(stdout).toContain('Everything is Ok');
    });

    it('shows the correct time in 7z in another zone', async () => {
      const { stdout } = await run('7z', ['l', '-slt', zip, '001-red-panda.jpg'], { env: READ_IN });
      expect(stdout).toContain('Modified = 2027-01-16 05:30');
    });
  });

  describeWith('python3', () => {
    it('passes the test of Python: in order, uncompressed, with the local time of the requester', async () => {
      const { stdout } = await run('python3', ['-c', PYTHON, zip]);
      const listed = JSON.parse(stdout) as [string, number, number, string][];
      expect(listed.slice(0, 6).map(([name]) => name)).toEqual([
        '001-red-panda.jpg',
        '002-ezhik.jpg',
        '003-cmd-calc.jpg',
        '004-etc-passwd.jpg',
        '005-panda.jpg',
        `006-${'x'.repeat(60)}.jpg`,
      ]);
      expect(listed.slice(6).map(([name]) => name)).toEqual([
        'manifest.csv',
        'manifest.json',
        'index.html',
        'shortfall.txt',
      ]);
      expect(new Set(listed.map(([, , method, time]) => `${method} ${time}`))).toEqual(
        new Set([`0 ${ASKER_READS}`]),
      );
    });
  });

  describeWith('unzip', () => {
    it('shows the correct time in unzip in another zone', async () => {
      const { stdout } = await run('unzip', ['-l', zip, '001-red-panda.jpg'], { env: READ_IN });
      expect(stdout).toContain('2027-01-16 05:30   001-red-panda.jpg');
      const out = join(folder, 'elsewhere');
      await run('unzip', ['-q', zip, '-d', out], { env: READ_IN });
      const written = await Promise.all((await readdir(out)).map((name) => stat(join(out, name))));
      expect(new Set(written.map(({ mtimeMs }) => Math.floor(mtimeMs / 60_000)))).toEqual(
        new Set([PACKED_AT / 60_000]),
      );
    });

    it('describes the source and the facts of each file', async () => {
      const out = join(folder, 'out');
      await run('unzip', ['-q', zip, '-d', out]);
      const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as Record<
        string,
        unknown
      >;
      expect(manifest).toMatchObject({
        query: 'панда',
        askedFor: 9,
        delivered: 6,
        shortfall: [{ reason: 'timeout', count: 3 }],
      });
      const [header = [], ...rows] = parseCsv((await readFile(join(out, 'manifest.csv'), 'utf8')).slice(1));
      expect(rows).toHaveLength(6);
      for (const row of rows) {
        const bytes = await readFile(join(out, row[1] ?? ''));
        expect(row[header.indexOf('sha256')]).toBe(createHash('sha256').update(bytes).digest('hex'));
      }
      const names = await readdir(out);
      expect(names.filter((name) => Buffer.byteLength(name) > 80)).toEqual([]);
    });
  });
});
