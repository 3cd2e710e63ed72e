import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { EntryTime } from '../../../src/zipping/entry-times.js';
import { type ZipEntry, zipStream } from '../../../src/zipping/zip-stream.js';

const DATE: EntryTime = { at: Date.UTC(2026, 10, 24, 8, 0, 3), timeZone: 'UTC' };

async function* entries(count: number, sizeBytes: number, onAsked = (_index: number) => {}) {
  for (let index = 0; index < count; index++) {
    onAsked(index);
    yield { name: `${index}.bin`, bytes: randomBytes(sizeBytes) } satisfies ZipEntry;
  }
}

describe('zipStream', () => {
  it('stores the bytes without compression', async () => {
    const [content] = [randomBytes(5000)];
    const zip = await buffer(zipStream(listOf([{ name: 'a.jpg', bytes: content }]), DATE));
    expect(zip.indexOf(content)).toBeGreaterThan(0);
  });

  it('pulls an entry only when those before it have been read', async () => {
    let asked = 0;
    const zip = zipStream(
      entries(20, 2 ** 20, (index) => {
        asked = index + 1;
      }),
      DATE,
    );
    let readBytes = 0;
    let mostAhead = 0;
    for await (const chunk of zip) {
      readBytes += chunk.length;
      mostAhead = Math.max(mostAhead, asked - readBytes / 2 ** 20);
    }
    expect(asked).toBe(20);
    expect(mostAhead).toBeLessThan(4);
  });

  it('packs empty files too', async () => {
    const zip = await buffer(zipStream(listOf([{ name: 'empty', bytes: Buffer.alloc(0) }]), DATE));
    expect(zip.readUInt32LE(0)).toBe(0x04034b50);
  });

  it('fails with the error of its entries', async () => {
    await expect(buffer(zipStream(broken(), DATE))).rejects.toThrow('disk gone');
  });

  it('makes the same bytes from the same entries and date', async () => {
    const files = [{ name: 'a', bytes: Buffer.from('a') }];
    const [one, two] = [
      await buffer(zipStream(listOf(files), DATE)),
      await buffer(zipStream(listOf(files), DATE)),
    ];
    expect(one.equals(two)).toBe(true);
  });

  it.each([
    ['UTC', '2026-11-24 08:00:02'],
    ['Asia/Tokyo', '2026-11-24 17:00:02'],
    ['America/St_Johns', '2026-11-24 04:30:02'],
  ])('states the instant in both headers of an entry, and the local time of %s', async (timeZone, shown) => {
    const files = [{ name: 'a', bytes: Buffer.from('a') }];
    const zip = await buffer(zipStream(listOf(files), { ...DATE, timeZone }));
    const field = Buffer.from([0x55, 0x54, 5, 0, 1, 0, 0, 0, 0]);
    field.writeInt32LE(DATE.at / 1000, 5);
    const local = zip.indexOf('PK\u0003\u0004');
    const central = zip.indexOf('PK\u0001\u0002');
    expect(zip.readUInt16LE(local + 28)).toBe(field.length);
    expect(zip.subarray(local + 31, local + 40)).toEqual(field);
    expect(zip.readUInt16LE(central + 30)).toBe(field.length);
    expect(zip.subarray(central + 47, central + 56)).toEqual(field);
    expect(dosTime(zip.readUInt32LE(local + 10))).toBe(shown);
    expect(dosTime(zip.readUInt32LE(central + 12))).toBe(shown);
  });

  it('leaves out an instant that the field cannot hold', async () => {
    const at = Date.UTC(2038, 0, 19, 4);
    const zip = await buffer(zipStream(listOf([{ name: 'a', bytes: Buffer.from('a') }]), { ...DATE, at }));
    expect(zip.readUInt16LE(28)).toBe(0);
    expect(dosTime(zip.readUInt32LE(10))).toBe('2038-01-19 04:00:00');
  });
});

/** @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.4.6 */
function dosTime(packed: number): string {
  const date = [1980 + (packed >>> 25), (packed >>> 21) & 15, (packed >>> 16) & 31];
  const time = [(packed >>> 11) & 31, (packed >>> 5) & 63, (packed & 31) * 2];
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.map(two).join('-')} ${time.map(two).join(':')}`;
}

async function* listOf(files: readonly ZipEntry[]): AsyncGenerator<ZipEntry> {
  yield* files;
}

async function* broken(): AsyncGenerator<ZipEntry> {
  yield { name: 'a', bytes: Buffer.from('a') };
  throw new Error('disk gone');
}
