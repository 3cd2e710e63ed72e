// @ts-check
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../process/run.mjs';
import { isSystemError } from './failure.mjs';

/** @typedef {{ browser: string, driver: string, isUsual: boolean }} BrowserPair */

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const DRIVERS = ['chromedriver', 'chromium.chromedriver'];
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Where the browser that Selenium Manager fetched is written down, as settings. @param {string} root */
export function browserEnvFile(root) {
  return join(root, '.cache', 'browser.env');
}

/**
 * Looks, without running anything, for browsers with a driver: the settings first (environment, then `.env`),
 * then what an earlier set-up fetched, then the usual names on the PATH.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {BrowserPair[]} pairs whose files can be run, the best first; their versions may not fit together
 */
export function browserCandidates(root, env = process.env) {
  const set = { ...readEnvFile(join(root, '.env')), ...dropEmpty(env) };
  const fetched = readEnvFile(browserEnvFile(root));
  const usualBrowsers = [...onPath(BROWSERS, env['PATH']), MAC_CHROME];
  const usualDrivers = onPath(DRIVERS, env['PATH']);
  const isSet = set['BROWSER_PATH'] !== undefined || set['DRIVER_PATH'] !== undefined;
  const browsers = set['BROWSER_PATH'] === undefined ? usualBrowsers : [set['BROWSER_PATH']];
  const drivers = set['DRIVER_PATH'] === undefined ? usualDrivers : [set['DRIVER_PATH']];
  const pairs = pairsOf(browsers, drivers, true);
  if (!isSet) pairs.push(...pairsOf([fetched['BROWSER_PATH'] ?? ''], [fetched['DRIVER_PATH'] ?? ''], false));
  return pairs.filter(({ browser, driver }) => isRunnable(browser) && isRunnable(driver));
}

/**
 * @param {readonly string[]} browsers
 * @param {readonly string[]} drivers
 * @param {boolean} isUsual
 * @returns {BrowserPair[]}
 */
function pairsOf(browsers, drivers, isUsual) {
  return browsers.flatMap((browser) => drivers.map((driver) => ({ browser, driver, isUsual })));
}

/**
 * @param {BrowserPair} pair
 * @returns {Promise<boolean>} whether both run and are of the same major version, as a driver demands
 */
export async function fitsTogether({ browser, driver }) {
  const [first, second] = await Promise.all([majorVersion(browser), majorVersion(driver)]);
  return first !== null && first === second;
}

/** @param {string} binary */
async function majorVersion(binary) {
  const { code, output } = await run(binary, ['--version'], { quiet: true, deadlineMs: 20_000 });
  return code === 0 ? (/(\d+)\.\d+\.\d+/.exec(output)?.[1] ?? null) : null;
}

/**
 * @param {readonly string[]} names
 * @param {string} [path]
 */
function onPath(names, path = '') {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).filter(isRunnable);
}

/** @param {string} file */
function isRunnable(file) {
  try {
    accessSync(file, constants.X_OK);
    return file !== '';
  } catch {
    return false;
  }
}

/**
 * Reads `NAME=value` lines. (`util.parseEnv` came after Node 18.)
 * @param {string} file
 * @returns {Record<string, string | undefined>} without empty values; nothing where there is no file
 */
export function readEnvFile(file) {
  try {
    const lines = readFileSync(file, 'utf8').matchAll(
      /^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=[ \t]*(.*?)[ \t]*$/gm,
    );
    return dropEmpty(Object.fromEntries([...lines].map(([, name, value]) => [name, unquote(value ?? '')])));
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return {};
    throw error;
  }
}

/** @param {string} value */
function unquote(value) {
  const quoted = /^(["'`])(.*)\1/.exec(value);
  return quoted?.[2] ?? value.replace(/\s+#.*$/, '');
}

/** @param {Record<string, string | undefined>} values */
function dropEmpty(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => (value ?? '').trim() !== ''));
}
