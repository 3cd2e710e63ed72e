import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAside } from '../../../src/jobs/disk/write-aside.js';

describe('writeAside', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'write-aside-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('shows the old file until the new one is whole, in a folder that it makes', async () => {
    const path = join(folder, 'new', 'file');
    await writeAside(path, (file) => file.writeFile('old'));
    const seen = await writeAside(path, async (file) => {
      await file.writeFile('new');
      return readFile(path, 'utf8');
    });
    expect([seen, await readFile(path, 'utf8')]).toEqual(['old', 'new']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, 'new'))).toEqual(['file']);
  });

  it('keeps the old file and leaves nothing of the new one if writing fails', async () => {
    const path = join(folder, 'file');
    await writeFile(path, 'old');
    const failing = writeAside(path, async (file) => {
      await file.writeFile('half');
      throw new Error('no more');
    });
    await expect(failing).rejects.toThrow('no more');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['file']);
  });
});
