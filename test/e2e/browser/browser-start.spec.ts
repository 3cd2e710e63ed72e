import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserCheck } from '../../../src/operations/browser-check.js';
import type { BrowserOptions } from '../../../src/scraping/browser/browser-options.js';
import { isRoot } from '../../../src/scraping/browser/driver-process.js';
import { FailedStart } from '../../../src/scraping/browser/failed-start.js';
import { findChrome } from '../../../src/scraping/browser/find-chrome.js';
import type { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';
import { browserFoldersOf } from '../../support/web/browser-folders.js';
import { NEVER, testBrowser } from '../../support/searching.js';

/** A missing library, in the words of the system's loader. */
const NO_LIBRARY = 'chrome: error while loading shared libraries: libnss3.so: cannot open shared object file';

describe('the start of the browser', () => {
  let folder: string;
  const browsers: LocalChromeBrowser[] = [];
  beforeEach(() => {
    folder = mkdtempSync('/tmp/ij-');
    chmodSync(folder, 0o755);
  });
  afterEach(async () => {
    await Promise.all(browsers.splice(0).map((browser) => browser.onApplicationShutdown()));
    rmSync(folder, { recursive: true, force: true });
  });

  const newBrowser = (changes: Partial<BrowserOptions>): LocalChromeBrowser => {
    const browser = testBrowser(changes);
    browsers.push(browser);
    return browser;
  };

  /** A program written by the test. */
  const program = (script: string): string => {
    const path = join(folder, 'program');
    writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return path;
  };

  const readiness = (browser: LocalChromeBrowser) => browserCheck(browser).check(NEVER);

  describe('with a TMPDIR', () => {
    const before = process.env['TMPDIR'];
    afterEach(() => {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    });

    it.each([21, 22, 23, 24, 40, 100])('of %d characters succeeds', async (length) => {
      const path = join(folder, 't'.repeat(length - folder.length - 1));
      mkdirSync(path);
      process.env['TMPDIR'] = path;
      const tab = await newBrowser({}).openTab(NEVER);
      expect(await tab.run('return 1 + 1')).toBe(2);
      expect(await browserFoldersOf(process.pid)).toHaveLength(1);
    });
  });

  it('reports the last words of a dead Chrome until it starts again', async () => {
    const installed = { browserPath: null, driverPath: null };
    const { browser: real, driver: driverPath } = await findChrome(installed, isRoot());
    const mended = join(folder, 'mended');
    const browserPath = program(
      `[ -e ${mended} ] && exec ${real} "$@"; echo first >&2; echo the disk is on fire >&2; exit 1`,
    );
    const browser = newBrowser({ browserPath, driverPath });
    await expect(readiness(browser)).resolves.toBeUndefined();
    await expect(browser.openTab(NEVER)).rejects.toMatchObject({
      code: 'browser.crashed',
      context: { said: 'the disk is on fire' },
      said: ['first', 'the disk is on fire'],
    });
    await expect(readiness(browser)).resolves.toEqual({ impaired: 'browser.crashed: the disk is on fire' });
    writeFileSync(mended, '');
    await browser.openTab(NEVER);
    await expect(readiness(browser)).resolves.toBeUndefined();
  });

  it('distinguishes a browser that can never start here from a single failed start', async () => {
    const browser = newBrowser({ browserPath: program(`echo "${NO_LIBRARY}" >&2; exit 127`) });
    const missing = { code: 'browser.missing', context: { part: 'browser', problem: NO_LIBRARY } };
    await expect(browser.openTab(NEVER)).rejects.toMatchObject(missing);
    await expect(readiness(browser)).rejects.toThrow(`browser.missing: browser: ${NO_LIBRARY}`);
  });

  it('reports the output of a Chrome that does nothing', async () => {
    const browserPath = program('echo waiting for what never comes >&2; exec sleep 600');
    const browser = newBrowser({ browserPath, startTimeoutMs: 5000 });
    await expect(browser.openTab(NEVER)).rejects.toMatchObject({
      code: 'browser.crashed',
      context: { reason: 'hung', said: 'waiting for what never comes' },
    });
    expect(await browserFoldersOf(process.pid)).toEqual([]);
  });

  it('reports the last words of a dead driver', async () => {
    const browser = newBrowser({ driverPath: program('echo no room for a driver >&2; exit 1') });
    await expect(browser.openTab(NEVER)).rejects.toMatchObject({
      code: 'browser.crashed',
      context: { said: 'no room for a driver' },
    });
  });

  it('reports little to the outside, however long the output is', async () => {
    const browserPath = program(`yes "$(printf 'x%.0s' $(seq 500))" | head -n 5000 >&2; exit 1`);
    const browser = newBrowser({ browserPath });
    const failure: unknown = await browser.openTab(NEVER).catch((error: unknown) => error);
    if (!(failure instanceof FailedStart)) throw new Error(`another failure: ${String(failure)}`);
    expect(failure.said.join('\n').length).toBeLessThanOrEqual(2000);
    const report = await readiness(browser);
    expect(report?.impaired.length).toBeLessThan(330);
  });
});
