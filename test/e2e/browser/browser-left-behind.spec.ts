import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processesOf, startOf } from '../../../src/scraping/browser/process-tree.js';
import {
  makeThrowawayFolder,
  sweepThrowawayFolders,
} from '../../../src/scraping/browser/throwaway-folder.js';
import { browserFoldersOf } from '../../support/web/browser-folders.js';
import { testBrowser } from '../../support/searching.js';
import { until } from '../../support/until.js';

const SUPPORT = new URL('../../support/', import.meta.url).pathname;

/** Another process with a running Chrome. */
async function holdBrowser(): Promise<{ child: ChildProcess; pid: number; folder: string }> {
  const options = ['--experimental-transform-types', '--no-warnings', '--import', `${SUPPORT}ts-imports.mjs`];
  const child = spawn(process.execPath, [...options, `${SUPPORT}web/holding-a-browser.ts`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  const [folder] = await browserFoldersOf(child.pid ?? 0);
  if (String(said) !== 'open\n' || child.pid === undefined || folder === undefined)
    throw new Error('no browser');
  return { child, pid: child.pid, folder };
}

describe('the remains of a killed service', () => {
  it('are removed at the next start: profile, driver and every process of Chrome', async () => {
    const { child, folder } = await holdBrowser();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await processesOf(folder)).length).toBeGreaterThan(3);
    await testBrowser().onModuleInit();
    expect(await processesOf(folder)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });

  it('are none if the process ends without stopping its browser first', async () => {
    const { child, pid, folder } = await holdBrowser();
    child.kill('SIGUSR2');
    await once(child, 'exit');
    expect(await browserFoldersOf(pid)).toEqual([]);
    await until('its processes are gone', async () => (await processesOf(folder)).length === 0);
  });

  it('do not include the browser of a living process', async () => {
    const { child, pid, folder } = await holdBrowser();
    await testBrowser().onModuleInit();
    expect(await browserFoldersOf(pid)).toEqual([folder]);
    expect((await processesOf(folder)).length).toBeGreaterThan(3);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await sweepThrowawayFolders();
    expect(await processesOf(folder)).toEqual([]);
  });

  it('are distinguished from a later process of the same number by the start time', async () => {
    const ours = await makeThrowawayFolder(false);
    const start = (await startOf(process.pid)) ?? '';
    const earlier = await mkdtemp(ours.path.replace(`-${start}-`, '-1-').slice(0, -6));
    await mkdir(join(earlier, 'profile'));
    await sweepThrowawayFolders();
    expect([ours.path, earlier].map((path) => existsSync(path))).toEqual([true, false]);
    await rm(ours.path, { recursive: true });
  });

  it('stay untouched if they belong to another container or another program', async () => {
    const names = ['image-job-browser-1-999999-1-abcdef', 'image-job-browser-notes'];
    const folders = names.map((name) => join(tmpdir(), name));
    for (const folder of folders) await mkdir(folder, { recursive: true });
    await sweepThrowawayFolders();
    expect(folders.map((folder) => existsSync(folder))).toEqual([true, true]);
    for (const folder of folders) await rm(folder, { recursive: true });
  });
});
