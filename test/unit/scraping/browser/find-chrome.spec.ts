import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChrome } from '../../../../src/scraping/browser/find-chrome.js';

describe('finding Chrome', () => {
  let folder: string;
  let browserPath: string;
  let driverPath: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'find-chrome-'));
    await chmod(folder, 0o755);
    browserPath = join(folder, 'chrome');
    driverPath = join(folder, 'chromedriver');
    for (const path of [browserPath, driverPath]) {
      await writeFile(path, '');
      await chmod(path, 0o755);
    }
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('takes the paths of the settings', async () => {
    expect(await findChrome({ browserPath, driverPath }, false)).toEqual({
      browser: browserPath,
      driver: driverPath,
    });
  });

  it('finds the driver beside the browser', async () => {
    expect(await findChrome({ browserPath, driverPath: null }, false)).toMatchObject({ driver: driverPath });
  });

  it.each([
    ['is not there', async (path: string) => rm(path)],
    ['is no program', async (path: string) => chmod(path, 0o644)],
    ['is a folder', async (path: string) => rm(path).then(async () => mkdir(path))],
  ])('names the setting where what it says %s', async (_, spoil) => {
    await spoil(driverPath);
    await expect(findChrome({ browserPath, driverPath }, false)).rejects.toMatchObject({
      code: 'browser.missing',
      context: { part: 'driver', setting: 'DRIVER_PATH', path: driverPath, problem: 'not found' },
    });
  });

  it('fails if its user has no access to it', async () => {
    await chmod(folder, 0o700);
    await expect(findChrome({ browserPath, driverPath }, true)).rejects.toMatchObject({
      code: 'browser.missing',
      context: { part: 'browser', problem: 'the unprivileged user that runs it cannot get at it' },
    });
  });
});
