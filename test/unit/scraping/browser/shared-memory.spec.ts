import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedMemoryArguments } from '../../../../src/scraping/browser/shared-memory.js';

describe('the shared memory of the machine', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'image-job-shm-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is used if everybody may write to it', async () => {
    chmodSync(folder, 0o1777);
    await expect(sharedMemoryArguments(folder)).resolves.toEqual([]);
  });

  it.each([
    ['is closed to the user that runs Chrome', ''],
    ['is missing', 'none'],
  ])('is not used where it %s', async (_what, part) => {
    chmodSync(folder, 0o755);
    await expect(sharedMemoryArguments(join(folder, part))).resolves.toEqual(['--disable-dev-shm-usage']);
  });
});
