import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DECODER } from '../../../src/imaging/decoding/decoder-program.js';
import { ProcessImageInspector } from '../../../src/imaging/decoding/process.image-inspector.js';
import { refusalText } from '../../../src/imaging/child-process/refusal-text.js';
import { ampleMemory } from '../../support/images/ample-memory.js';
import { PATIENCE_MS } from '../../support/patience.js';
import { jpeg, picture } from '../../support/images/sample-images.js';

const NEVER = new AbortController().signal;

/** Broken files of all formats, with faults that only libvips finds. */
async function brokenFiles(): Promise<Buffer[]> {
  const whole = await jpeg(5, 640, 480);
  const [png, webp, gif, avif] = await Promise.all([
    picture(5, 640, 480).png().toBuffer(),
    picture(5, 640, 480).webp().toBuffer(),
    picture(5, 640, 480).gif().toBuffer(),
    picture(5, 64, 48).avif({ effort: 0 }).toBuffer(),
  ]);
  const table = whole.indexOf(Buffer.from([0xff, 0xc4]));
  return [
    Buffer.from(whole).fill(0, whole.length >> 1, whole.length - 2),
    Buffer.from(whole).fill(0xee, table + 4, table + 20),
    Buffer.from(png).fill(0, png.length >> 1, (png.length >> 1) + 99),
    webp.subarray(0, webp.length >> 1),
    Buffer.from(gif).fill(0xff, gif.length >> 1, (gif.length >> 1) + 99),
    Buffer.from(avif).fill(0, avif.length - 300),
  ];
}

describe('the detail of a refusal', () => {
  let folder: string;
  let paths: string[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'details-'));
    const files = await brokenFiles();
    paths = files.map((_file, place) => join(folder, `broken-${place}`));
    await Promise.all(files.map((bytes, place) => writeFile(paths[place] ?? '', bytes)));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function detailsOf(files: readonly string[], atATime: number): Promise<unknown[]> {
    const program = { ...DECODER, atATime, deadlineMs: PATIENCE_MS };
    const inspector = new ProcessImageInspector(ampleMemory(), program);
    const ends = await Promise.allSettled(files.map((path) => inspector.inspect(path, NEVER)));
    inspector.onApplicationShutdown();
    return ends.map((end) =>
      end.status === 'rejected' ? (end.reason as { detail: unknown }).detail : 'kept',
    );
  }

  it('is about the file itself, whatever is decoded beside it', async () => {
    const alone = await detailsOf(paths, 1);
    expect(alone).not.toContain('kept');
    const crowd = Array.from({ length: 20 }, () => paths).flat();
    expect(await detailsOf(crowd, 12)).toEqual(Array.from({ length: 20 }, () => alone).flat());
  });

  it('is the last message, since the first ones were only met on the way', () => {
    expect(refusalText('/tmp/a.avif: bad seek to 2405\nheif: Wrong tile')).toBe('heif: Wrong tile');
    expect(refusalText('Input file has corrupt header: VipsJpeg: no table\n')).toBe('VipsJpeg: no table');
    expect(refusalText('Input file has corrupt header:')).toBe('cannot be read');
    expect(refusalText('Unknown error')).toBe('cannot be read');
    expect(refusalText('vipspng: read error\nvips2png: unable to write to target')).toBe(
      'vipspng: read error',
    );
    expect(refusalText('x'.repeat(999))).toHaveLength(120);
  });
});
