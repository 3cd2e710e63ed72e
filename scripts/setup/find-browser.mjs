// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../process/run.mjs';
import { isSystemError } from './failure.mjs';
import { isRunnable, pathFolders } from './programs.mjs';

/** @typedef {{ browser: string, driver: string }} BrowserPair */

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const DRIVERS = ['chromedriver', 'chromium.chromedriver'];
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const USUAL_FOLDERS = [
  '/usr/local/bin',
  '/usr/bin',
  '/opt/homebrew/bin',
  '/usr/lib/chromium',
  '/usr/lib/chromium-browser',
];

/** File with the found browser and driver as settings of the product. @param {string} root */
export function browserEnvFile(root) {
  return join(root, '.cache', 'browser.env');
}

/**
 * Looks for browsers with a driver without running them: first the settings (environment, then `.env`), then
 * the pair that an earlier set-up found or downloaded, then the usual names on the PATH and in the usual
 * folders.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {BrowserPair[]} pairs of executable files, best first; their versions may differ
 */
export function browserCandidates(root, env = process.env) {
  const set = { ...readEnvFile(join(root, '.env')), ...dropEmpty(env) };
  const found = isSetByOperator(root, env) ? {} : readEnvFile(browserEnvFile(root));
  const browsers = pick(set['BROWSER_PATH'], found['BROWSER_PATH'], [
    ...inFolders(BROWSERS, env),
    MAC_CHROME,
  ]);
  const drivers = pick(set['DRIVER_PATH'], found['DRIVER_PATH'], inFolders(DRIVERS, env));
  return browsers
    .filter(isRunnable)
    .flatMap((browser) => drivers.filter(isRunnable).map((driver) => ({ browser, driver })));
}

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {boolean} whether the environment or `.env` names the browser or the driver
 */
export function isSetByOperator(root, env = process.env) {
  const set = { ...readEnvFile(join(root, '.env')), ...dropEmpty(env) };
  return set['BROWSER_PATH'] !== undefined || set['DRIVER_PATH'] !== undefined;
}

/**
 * @param {string | undefined} set the operator's choice; excludes all others
 * @param {string | undefined} found the choice of an earlier set-up; tried first
 * @param {readonly string[]} usual
 * @returns {string[]}
 */
function pick(set, found, usual) {
  if (set !== undefined) return [set];
  return [...new Set(found === undefined ? usual : [found, ...usual])];
}

/**
 * @param {BrowserPair} pair
 * @returns {Promise<boolean>} whether both run and have the same major version, which a driver requires
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
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
function inFolders(names, env) {
  const folders = [...pathFolders(env), ...USUAL_FOLDERS];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * Reads `NAME=value` lines. (Node 18 lacks `util.parseEnv`.)
 * @param {string} file
 * @returns {Record<string, string | undefined>} non-empty values; empty if the file is missing or unreadable,
 *   which the product reports at its start
 */
export function readEnvFile(file) {
  try {
    const lines = readFileSync(file, 'utf8').matchAll(
      /^\uFEFF?[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=[ \t]*(.*?)[ \t]*$/gm,
    );
    return dropEmpty(Object.fromEntries([...lines].map(([, name, value]) => [name, unquote(value ?? '')])));
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM')) return {};
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
