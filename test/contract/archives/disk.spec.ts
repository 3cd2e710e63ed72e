import { mkdtemp, readdir, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { DiskArchiveStore } from '../../../src/zipping/disk.archive-store.js';
import { idOf } from '../../support/sample-jobs.js';
import { type ArchiveStoreHarness, describeArchiveStore } from './archive-store.contract.js';

const NEVER = new AbortController().signal;

async function startDisk(): Promise<ArchiveStoreHarness & { readonly root: string }> {
  const root = await mkdtemp(join(tmpdir(), 'image-job-archives-'));
  const folder = join(root, 'archives');
  const everything = async () => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = entries.filter((entry) => entry.isFile());
    return files.map((entry) => relative(folder, join(entry.parentPath, entry.name))).toSorted();
  };
  return {
    root,
    store: new DiskArchiveStore(folder),
    everything,
    openHandles: async () => (await openFiles()).filter((path) => path.startsWith(root)).length,
    stop: () => rm(root, { recursive: true }),
  };
}

/** The files that this process has open. */
async function openFiles(): Promise<string[]> {
  const handles = await readdir('/proc/self/fd');
  return Promise.all(
    handles.map((handle) => readlink(`/proc/self/fd/${handle}`).catch(() => 'closed meanwhile')),
  );
}

describe('archives on disk', () => {
  describeArchiveStore(startDisk);

  it('are readable by their owner only', async () => {
    const { store, root, stop } = await startDisk();
    await store.put(`${idOf('job')}/1.zip`, Readable.from([Buffer.from('x')]), NEVER);
    const modes = ['archives', `archives/${idOf('job')}/1.zip`].map(async (path) =>
      ((await stat(join(root, path))).mode & 0o777).toString(8),
    );
    expect(await Promise.all(modes)).toEqual(['700', '600']);
    await stop();
  });

  it('lose the unfinished files of a killed process once the final zip is known', async () => {
    const { store, root, everything, stop } = await startDisk();
    const [winner, thumbnail] = [`${idOf('job')}/2.zip`, `${idOf('job')}/thumbs/a.webp`] as const;
    for (const name of [winner, thumbnail]) await store.put(name, Readable.from([Buffer.from('x')]), NEVER);
    for (const name of [`${idOf('job')}/1.zip.0a.part`, `${thumbnail}.0b.part`])
      await writeFile(join(root, 'archives', name), 'half');
    await store.deleteOthers(idOf('job'), winner);
    expect(await everything()).toEqual([winner, thumbnail]);
    await stop();
  });

  it('report a folder that is not writable', async () => {
    const { root, stop } = await startDisk();
    await writeFile(join(root, 'taken'), '');
    const store = new DiskArchiveStore(join(root, 'taken', 'archives'));
    const putting = store.put(`${idOf('job')}/1.zip`, Readable.from([Buffer.from('x')]), NEVER);
    await expect(putting).rejects.toMatchObject({ code: 'disk.not_writable' });
    await expect(store.ping(NEVER)).rejects.toMatchObject({ code: 'disk.not_writable' });
    await stop();
  });
});
