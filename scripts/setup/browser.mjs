// @ts-check
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../process/run.mjs';
import { aptCommand, canInstallSystemPackages, distribution, installSystemPackages } from './apt.mjs';
import { SetUpFailure, isSystemError } from './failure.mjs';
import { browserCandidates, browserEnvFile, fitsTogether, isSetByOperator } from './find-browser.mjs';

/** @typedef {import('./find-browser.mjs').BrowserPair} BrowserPair */

// The fonts (14 MB) show letters of every script instead of boxes.
// The sandbox package is Chrome's helper for machines without user namespaces.
const DEBIAN_PACKAGES = [
  'chromium',
  'chromium-driver',
  'chromium-sandbox',
  'fonts-noto-core',
  'fonts-droid-fallback',
];

/** Chrome or Chromium with a chromedriver of the same version. @type {import('./set-up.mjs').Step} */
export const browser = {
  name: 'Chrome or Chromium with its driver',
  isReady: async (root) => (await findBrowser(root)) !== null,
  install: installBrowser,
};

/**
 * Finds a browser and a driver of the same version. Runs both once to compare their versions, and again only
 * when either file changes.
 * @param {string} root
 * @returns {Promise<BrowserPair | null>}
 */
async function findBrowser(root) {
  const checked = readChecked(root);
  for (const pair of browserCandidates(root)) {
    const mark = markOf(pair);
    if (mark === checked) return pair;
    if (!(await fitsTogether(pair))) continue;
    rememberChecked(root, pair, mark);
    return pair;
  }
  return null;
}

/** @param {string} root */
function checkedFile(root) {
  return join(root, '.cache', 'browser-checked');
}

/** @param {string} root */
function readChecked(root) {
  try {
    return readFileSync(checkedFile(root), 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}

/**
 * @param {BrowserPair} pair
 * @returns {string} a mark that changes when either file changes
 */
function markOf(pair) {
  return [pair.browser, pair.driver]
    .map((file) => [file, statSync(file).size, statSync(file).mtimeMs].join(' '))
    .join('\n');
}

/**
 * @param {string} root
 * @param {BrowserPair} pair
 * @param {string} mark
 */
function rememberChecked(root, pair, mark) {
  try {
    mkdirSync(dirname(checkedFile(root)), { recursive: true });
    writeSettings(root, isSetByOperator(root) ? null : pair);
    writeFileSync(checkedFile(root), mark);
  } catch (error) {
    // In a read-only project the versions are compared at each start instead.
    if (!isSystemError(error, 'EACCES', 'EPERM', 'EROFS')) throw error;
  }
}

/** @param {string} root */
async function installBrowser(root) {
  const { isDebian } = distribution();
  const isByApt = isDebian && (await canInstallSystemPackages());
  if (isByApt) await installSystemPackages('Chromium', DEBIAN_PACKAGES);
  else await fetchBrowser(root);
  if ((await findBrowser(root)) !== null) return;
  throw new SetUpFailure('Chrome', whyNot(isByApt, isDebian), helpFor(isDebian));
}

/**
 * Lets Selenium Manager download Chrome and its driver into `.cache` and writes their paths as settings. If
 * it fails, no browser is found later.
 * @param {string} root
 */
async function fetchBrowser(root) {
  const folder = { darwin: 'macos', linux: process.arch === 'arm64' ? 'linux-arm64' : 'linux-x86_64' };
  const kind = /** @type {Record<string, string>} */ (folder)[process.platform];
  if (kind === undefined) return;
  const manager = join(root, 'node_modules/selenium-webdriver/bin', kind, 'selenium-manager');
  const cache = join(root, '.cache', 'selenium');
  const wanted = ['--browser', 'chrome', '--skip-browser-in-path', '--skip-driver-in-path'];
  const fetched = await run(manager, [...wanted, '--output', 'json', '--cache-path', cache], {
    quiet: true,
    deadlineMs: 600_000,
  });
  const found = fetched.code === 0 ? resultOf(fetched.output) : null;
  if (found === null) return;
  mkdirSync(dirname(browserEnvFile(root)), { recursive: true });
  writeSettings(root, { browser: found.browser_path, driver: found.driver_path });
}

/**
 * Makes the product use exactly the checked pair. Paths set by the operator need no entry here.
 * @param {string} root
 * @param {BrowserPair | null} pair
 */
function writeSettings(root, pair) {
  const lines = pair === null ? '' : `BROWSER_PATH="${pair.browser}"\nDRIVER_PATH="${pair.driver}"\n`;
  writeFileSync(browserEnvFile(root), lines);
}

/**
 * @param {string} output JSON of Selenium Manager
 * @returns {{ browser_path: string, driver_path: string } | null}
 */
function resultOf(output) {
  try {
    const { result } = JSON.parse(output.slice(output.indexOf('{')));
    return result?.browser_path && result?.driver_path ? result : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * @param {boolean} isByApt
 * @param {boolean} isDebian
 */
function whyNot(isByApt, isDebian) {
  if (isByApt)
    return 'Chromium was installed, but it and chromedriver do not run or are of different versions (BROWSER_PATH and DRIVER_PATH, if set, are used as they are)';
  const how = 'Selenium Manager could not fetch one that runs here';
  return isDebian
    ? `this user may not install system packages (not root, and sudo asks for a password), and ${how}`
    : `none is on the PATH with a chromedriver of its version, and ${how}`;
}

/** @param {boolean} isDebian */
function helpFor(isDebian) {
  if (isDebian) return aptCommand(DEBIAN_PACKAGES);
  return 'install Chrome from https://www.google.com/chrome and the chromedriver of its version, or name both in BROWSER_PATH and DRIVER_PATH';
}
