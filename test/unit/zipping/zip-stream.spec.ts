import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { type ZipEntry, zipStream } from '../../../src/zipping/zip-stream.js';

const DATE = new Date('2026-11-24T08:00:00Z');

async function* entries(count: number, sizeBytes: number, onAsked = (_index: number) => {}) {
  for (let index = 0; index < count; index++) {
    onAsked(index);
    yield { name: `${index}.bin`, bytes: randomBytes(sizeBytes) } satisfies ZipEntry;
  }
}

describe('zipStream', () => {
  it('stores the bytes as they are, without deflating them', async () => {
    const [content] = [randomBytes(5000)];
    const zip = await buffer(zipStream(listOf([{ name: 'a.jpg', bytes: content }]), DATE));
    expect(zip.indexOf(content)).toBeGreaterThan(0);
  });

  it('asks for an entry only when those before it have been read', async () => {
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

  it('gives the same bytes for the same entries and date', async () => {
    const files = [{ name: 'a', bytes: Buffer.from('a') }];
    const [one, two] = [
      await buffer(zipStream(listOf(files), DATE)),
      await buffer(zipStream(listOf(files), DATE)),
    ];
    expect(one.equals(two)).toBe(true);
  });
});

async function* listOf(files: readonly ZipEntry[]): AsyncGenerator<ZipEntry> {
  yield* files;
}

async function* broken(): AsyncGenerator<ZipEntry> {
  yield { name: 'a', bytes: Buffer.from('a') };
  throw new Error('disk gone');
}
