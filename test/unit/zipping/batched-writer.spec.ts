import { mkdtemp, open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchedWriter } from '../../../src/zipping/batched-writer.js';

describe('BatchedWriter', () => {
  let folder: string;
  let file: FileHandle;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'image-job-batch-'));
    file = await open(join(folder, 'file'), 'wx');
  });
  afterEach(async () => {
    await file.close();
    await rm(folder, { recursive: true });
  });

  const written = () => readFile(join(folder, 'file'));

  it('writes every piece in order, small ones, large ones and empty ones', async () => {
    const sizes = [1, 0, 700_000, 3_000_000, 5, 2_097_152, 0, 10];
    const pieces = sizes.map((size) => randomBytes(size));
    const whole = Buffer.concat(pieces);
    const writer = new BatchedWriter(file);
    for (const piece of pieces) await writer.write(piece);
    await writer.finish();
    expect((await written()).equals(whole)).toBe(true);
  });

  it('frees the memory of large buffers once written, unless it is shared', async () => {
    const owned = Buffer.alloc(3_000_000, 1);
    const shared = Buffer.alloc(3_000_000, 2);
    const writer = new BatchedWriter(file);
    await writer.write(owned);
    await writer.write(shared.subarray(0, 2_500_000));
    await writer.finish();
    expect(owned.length).toBe(0);
    expect(shared.length).toBe(3_000_000);
    expect((await written()).length).toBe(5_500_000);
  });

  it('continues after the disk took only a part', async () => {
    const pieces = [Buffer.from('abc'), Buffer.from('defgh'), Buffer.from('i')];
    const slow = {
      writev: async ([first]: readonly Buffer[]) => file.writev([(first ?? Buffer.alloc(0)).subarray(0, 2)]),
      datasync: () => file.datasync(),
    };
    const writer = new BatchedWriter(slow);
    for (const piece of pieces) await writer.write(piece);
    await writer.finish();
    expect((await written()).toString()).toBe('abcdefghi');
  });

  it('fails with the error of the disk, at the latest at the end', async () => {
    const full = {
      writev: () => Promise.reject(new Error('ENOSPC')),
      datasync: () => file.datasync(),
    };
    const writer = new BatchedWriter(full);
    await writer.write(randomBytes(3_000_000));
    await expect(writer.finish()).rejects.toThrow('ENOSPC');
    await expect(writer.settle()).resolves.toBeUndefined();
  });

  it('syncs its data to the disk in between, and fails with the error of that', async () => {
    let syncs = 0;
    const failing = {
      writev: (pieces: readonly Buffer[]) => file.writev(pieces),
      datasync: () => (++syncs === 1 ? Promise.reject(new Error('EIO')) : file.datasync()),
    };
    const writer = new BatchedWriter(failing);
    for (let index = 0; index < 5; index++) await writer.write(Buffer.alloc(4 * 2 ** 20));
    await expect(writer.finish()).rejects.toThrow('EIO');
    expect(syncs).toBe(1);
  });
});
