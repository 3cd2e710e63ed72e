import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lacksSandbox } from '../../../../src/scraping/browser/sandbox.js';

describe('the sandbox of Chrome', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync('/tmp/image-job-sandbox-');
    chmodSync(folder, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const chromeThat = (script: string): string => {
    const path = join(folder, 'chrome');
    writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return path;
  };

  it.each([
    'No usable sandbox! If this is a Debian system…',
    'The SUID sandbox helper binary was found, but is not configured correctly.',
    'The setuid sandbox is not running as root. Common causes:',
  ])('cannot be had where Chrome says "%s"', async (said) => {
    const chrome = chromeThat(`echo "[1:1] ${said}" >&2; exit 1`);
    await expect(lacksSandbox(chrome, 10_000)).resolves.toBe(true);
  });

  it('is not to blame if Chrome ends for another reason', async () => {
    const chrome = chromeThat('echo "cannot open shared object file" >&2; exit 127');
    await expect(lacksSandbox(chrome, 10_000)).resolves.toBe(false);
  });

  it('exists if Chrome keeps running, which is then ended', async () => {
    await expect(lacksSandbox(chromeThat('exec sleep 60'), 300)).resolves.toBe(false);
  });

  it('is not to blame if the file cannot be run', async () => {
    await expect(lacksSandbox(join(folder, 'none'), 1000)).rejects.toThrow('ENOENT');
  });
});
