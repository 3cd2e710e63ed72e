import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { AppError } from '../../../src/jobs/app-error.js';
import type { EngineReport, ShortfallEntry } from '../../../src/jobs/job.js';
import { newJob } from '../../../src/jobs/job-steps.js';
import type { Output } from '../../../src/jobs/request/output.js';
import { ArchiveBuilder } from '../../../src/zipping/archive-builder.js';
import { DiskArchiveStore } from '../../../src/zipping/disk.archive-store.js';
import type { KeptImage } from '../../../src/zipping/kept-image.js';
import { keptImage } from '../../support/images/kept-images.js';
import { jpeg } from '../../support/images/sample-images.js';
import { sampleJob } from '../../support/sample-jobs.js';
import { TestClock } from '../../support/test-clock.js';
import { openZip } from '../../support/zip-contents.js';
import { ampleMemory } from '../../support/images/ample-memory.js';

const NEVER = new AbortController().signal;

/** The record of a kept JPEG with these bytes and sides. */
function sized(position: number, bytes: Buffer, width: number, height: number): KeptImage {
  const image = keptImage(position, bytes);
  return { ...image, outcome: { ...image.outcome, file: { ...image.outcome.file, width, height } } };
}

describe('the output of an archive', () => {
  let folder: string;
  let pictures: Buffer[];
  let kept: KeptImage[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'image-job-output-'));
    pictures = [await jpeg(1), await jpeg(2, 64, 40), Buffer.from('no image')];
    kept = pictures.map((bytes, index) =>
      sized(index, bytes, index === 1 ? 64 : 320, index === 1 ? 40 : 200),
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function filesOf(
    output: Output,
    shortfall: readonly ShortfallEntry[] = [],
    engines: readonly EngineReport[] = [],
  ) {
    const job = { ...newJob(sampleJob('output', 0, { output })), epoch: 1 };
    const read = async ({ position }: { position: number }) => pictures[position] ?? Buffer.alloc(0);
    const builder = new ArchiveBuilder(new DiskArchiveStore(folder), new TestClock(), ampleMemory());
    const { name } = await builder.build({ job, kept, shortfall, engines, read }, NEVER);
    return new Map((await openZip(join(folder, name))).map((entry) => [entry.name, entry.bytes]));
  }

  it('is as asked for, describes the downloads, and keeps files that cannot be changed', async () => {
    const files = await filesOf({ convert: 'webp', longestSidePx: 100, namePattern: '{width}x{height}' });
    expect([...files.keys()].slice(0, 3)).toEqual(['100x63.webp', '64x40.webp', '320x200.jpg']);
    expect(await sharp(files.get('100x63.webp')).metadata()).toMatchObject({ format: 'webp', width: 100 });
    expect(files.get('320x200.jpg')).toEqual(pictures[2]);
    expect(JSON.parse(String(files.get('manifest.json')))).toMatchObject({
      output: { convert: 'webp', longestSide: 100, namePattern: '{width}x{height}' },
      files: [
        { format: 'webp', width: 100, original: { format: 'jpeg', width: 320, bytes: pictures[0]?.length } },
        { format: 'webp', width: 64, original: { format: 'jpeg', width: 64 }, note: null },
        { format: 'jpeg', original: null, note: expect.stringMatching(/^not changed: /) },
      ],
    });
  });

  it('is byte for byte as downloaded if nothing has to change', async () => {
    const files = await filesOf({ convert: 'jpeg', longestSidePx: 320 });
    expect([...files.values()].slice(0, 3)).toEqual(pictures);
  });

  it('stops when the signal aborts', async () => {
    const job = { ...newJob(sampleJob('aborted', 0, { output: { stripMetadata: true } })), epoch: 1 };
    const abort = new AbortController();
    const reason = new AppError('job.cancelled');
    const read = async () => {
      abort.abort(reason);
      return pictures[0] ?? Buffer.alloc(0);
    };
    const builder = new ArchiveBuilder(new DiskArchiveStore(folder), new TestClock(), ampleMemory());
    const order = { job, kept: kept.slice(0, 1), shortfall: [], engines: [], read };
    await expect(builder.build(order, abort.signal)).rejects.toBe(reason);
  });

  it('explains missing images in a separate file, only if there are any', async () => {
    expect((await filesOf({})).has('shortfall.txt')).toBe(false);
    const text = String((await filesOf({}, [{ reason: 'timeout', count: 1 }])).get('shortfall.txt'));
    expect(text).toContain('3 of 3 images of "red panda"');
    expect(text).toContain('1 x site did not answer in time');
  });

  it('states what each search engine gave, and why it gave no more', async () => {
    const engines = [
      { engine: 'google', found: 9, kept: 2, leftOut: 7, end: 'source.blocked' },
      { engine: 'bing', found: 4, kept: 1, leftOut: 2, end: 'exhausted' },
    ] as const;
    const files = await filesOf({}, [{ reason: 'timeout', count: 1 }], engines);
    const manifest: unknown = JSON.parse(String(files.get('manifest.json')));
    expect(manifest).toMatchObject({
      engines: [
        {
          ...engines[0],
          message: expect.stringMatching(/^Google: 2 kept, 7 left out\. The search engine refused/),
        },
        { ...engines[1], message: 'Bing: 1 kept, 2 left out, 1 not needed. It has no more results.' },
      ],
    });
    for (const name of ['index.html', 'shortfall.txt'])
      expect(String(files.get(name))).toContain(
        'Bing: 1 kept, 2 left out, 1 not needed. It has no more results.',
      );
  });
});
