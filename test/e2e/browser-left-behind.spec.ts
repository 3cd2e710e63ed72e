import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { processesOf, startOf } from '../../src/scraping/browser/process-tree.js';
import {
  makeThrowawayFolder,
  PARENT,
  sweepThrowawayFolders,
} from '../../src/scraping/browser/throwaway-folder.js';
import { testBrowser } from '../support/searching.js';
import { until } from '../support/until.js';

const SUPPORT = new URL('../support/', import.meta.url).pathname;

async function foldersOf(pid: number): Promise<string[]> {
  const names = await readdir(PARENT);
  return names
    .filter((name) => new RegExp(`^image-job-browser-\\d+-${pid}-`).test(name))
    .map((name) => join(PARENT, name));
}

/** Another process that holds a Chrome. */
async function holdBrowser(): Promise<{ child: ChildProcess; pid: number; folder: string }> {
  const options = ['--experimental-transform-types', '--no-warnings', '--import', `${SUPPORT}ts-imports.mjs`];
  const child = spawn(process.execPath, [...options, `${SUPPORT}holding-a-browser.ts`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  const [folder] = await foldersOf(child.pid ?? 0);
  if (String(said) !== 'open\n' || child.pid === undefined || folder === undefined)
    throw new Error('no browser');
  return { child, pid: child.pid, folder };
}

describe('what a killed service leaves behind', () => {
  it('is swept at the next start: profile, driver and every process of Chrome', async () => {
    const { child, folder } = await holdBrowser();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await processesOf(folder)).length).toBeGreaterThan(3);
    await testBrowser().onModuleInit();
    expect(await processesOf(folder)).toEqual([]);
    expect(await readdir(PARENT)).not.toContain(folder.slice(PARENT.length + 1));
  });

  it('is nothing where the process ends without stopping its browser first', async () => {
    const { child, pid, folder } = await holdBrowser();
    child.kill('SIGUSR2');
    await once(child, 'exit');
    expect(await foldersOf(pid)).toEqual([]);
    await until('its processes are gone', async () => (await processesOf(folder)).length === 0);
  });

  it('is not the browser of a process that lives', async () => {
    const { child, pid, folder } = await holdBrowser();
    await testBrowser().onModuleInit();
    expect(await foldersOf(pid)).toEqual([folder]);
    expect((await processesOf(folder)).length).toBeGreaterThan(3);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await sweepThrowawayFolders();
    expect(await processesOf(folder)).toEqual([]);
  });

  it('is told from a later process with the same number by when that began', async () => {
    const ours = await makeThrowawayFolder(false);
    const start = (await startOf(process.pid)) ?? '';
    const earlier = await mkdtemp(ours.path.replace(`-${start}-`, '-1-').slice(0, -6));
    await mkdir(join(earlier, 'profile'));
    await sweepThrowawayFolders();
    const left = await readdir(PARENT);
    expect(left).toContain(ours.path.slice(PARENT.length + 1));
    expect(left).not.toContain(earlier.slice(PARENT.length + 1));
    await rm(ours.path, { recursive: true });
  });

  it('is left alone where it is of another container, or not ours at all', async () => {
    const names = ['image-job-browser-1-999999-1-abcdef', 'image-job-browser-notes'];
    for (const name of names) await mkdir(join(PARENT, name), { recursive: true });
    await sweepThrowawayFolders();
    expect(await readdir(PARENT)).toEqual(expect.arrayContaining(names));
    for (const name of names) await rm(join(PARENT, name), { recursive: true });
  });
});
