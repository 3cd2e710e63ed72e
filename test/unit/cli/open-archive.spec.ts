import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { openArchive } from '../../../src/cli/terminal-dependencies.js';
import { DiskArchiveStore } from '../../../src/zipping/disk.archive-store.js';
import { idOf } from '../../support/sample-jobs.js';

const NAME = `${idOf('job')}/1.zip` as const;
const ZIP_BYTES = 2_000_000;
const WITHIN_MS = 200;

describe('the zip for the terminal', () => {
  it('may take longer to copy than to open', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'image-job-open-'));
    try {
      const store = new DiskArchiveStore(folder);
      const stored = await store.put(
        NAME,
        Readable.from([randomBytes(ZIP_BYTES)]),
        new AbortController().signal,
      );
      const tooLate = AbortSignal.timeout(2 * WITHIN_MS);
      const content = await openArchive({ archive: { name: NAME, ...stored } }, store, WITHIN_MS);
      await once(tooLate, 'abort');
      expect((await buffer(content)).length).toBe(ZIP_BYTES);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is given up if it does not open in time', async () => {
    const archives = {
      open: (_name: string, _range: unknown, signal: AbortSignal) =>
        new Promise<never>((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    };
    const archive = { name: NAME, bytes: 1, sha256: 'ab' };
    await expect(openArchive({ archive }, archives, 10)).rejects.toThrow('could not be opened in time');
  });
});
