// @ts-check
import { accessSync, constants, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { run } from '../process/run.mjs';
import { SetUpFailure, isSystemError } from './failure.mjs';
import { checkRuntime, linkPackagedNode, setPackagedNodeAside } from './runtime.mjs';

/** @typedef {{ platform: string, arch: string, libc: 'glibc' | 'musl' | null }} Machine */
/** @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockedPackage */

const COMMAND = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
// With npm's default retries, a machine without network seems busy for over a minute.
const PATIENCE = ['--fetch-retries=3', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=8000'];
const HELP = 'npm ci --ignore-scripts';
const NEWER_NODE = 'install Node 24 or newer from https://nodejs.org/en/download and run the command again';

/** The packages of package-lock.json, including Node 24. @type {import('./set-up.mjs').Step} */
export const packages = {
  name: 'packages (npm ci)',
  isReady: (root) => arePackagesInstalled(root),
  install: installPackages,
};

/**
 * Compares package-lock.json with the record that npm writes into node_modules at the end of an install. An
 * interrupted install has no record; an install by hand counts.
 * @param {string} root
 * @param {Machine} [machine]
 * @returns {boolean}
 */
export function arePackagesInstalled(root, machine = thisMachine()) {
  const wanted = readLock(join(root, 'package-lock.json'));
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === null || installed === null) return false;
  return Object.entries(wanted).every(([path, locked]) => {
    if (path === '') return true;
    const there = installed[path];
    if (there === undefined) return locked.optional === true && !isMadeFor(locked, machine);
    return there.version === locked.version && there.integrity === locked.integrity;
  });
}

/**
 * @param {LockedPackage} locked
 * @param {Machine} machine
 * @returns {boolean} whether the package fits this machine, so that npm has to install it
 */
function isMadeFor({ os, cpu, libc }, machine) {
  const fits = os?.includes(machine.platform) === true && cpu?.includes(machine.arch) === true;
  return fits && (libc === undefined || (machine.libc !== null && libc.includes(machine.libc)));
}

/** @returns {Machine} */
function thisMachine() {
  const { platform, arch } = process;
  if (platform !== 'linux') return { platform, arch, libc: null };
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return { platform, arch, libc: header.glibcVersionRuntime === undefined ? 'musl' : 'glibc' };
}

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage> | null}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? null;
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR') || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** @param {string} root */
async function installPackages(root) {
  await installWith(npm(), root);
  if (arePackagesInstalled(root)) return;
  // npm skips optional packages, among them the image decoder, if the Node that runs npm is too old for
  // them.
  const { args } = npm();
  if (args.length > 0) await installWith({ command: setPackagedNodeAside(root), args }, root);
  if (!arePackagesInstalled(root))
    throw new SetUpFailure('The packages', `npm left some out on Node ${process.versions.node}`, NEWER_NODE);
}

/**
 * @param {{ command: string, args: string[] }} npm
 * @param {string} root
 */
async function installWith({ command, args }, root) {
  const result = await run(command, [...args, ...COMMAND, ...PATIENCE], {
    cwd: root,
    env: npmEnvironment(root),
    quiet: true,
  });
  if (result.code !== 0) {
    process.stderr.write(`${result.output.trim()}\n`);
    throw new SetUpFailure('The packages', reasonOf(result.output), HELP);
  }
  linkPackagedNode(root);
  await checkRuntime(root);
}

/** The npm that started this script, otherwise the npm on the PATH. */
function npm() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  if (script?.endsWith('npm-cli.js') && node !== undefined) return { command: node, args: [script] };
  return { command: 'npm', args: [] };
}

/**
 * Keeps npm from running on the Node package that it is about to replace, and gives it a writable cache if
 * the home folder is unusable. Includes dev packages whatever NODE_ENV says.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} [given]
 * @returns {NodeJS.ProcessEnv}
 */
export function npmEnvironment(root, given = process.env) {
  const own = join(root, 'node_modules', '.bin');
  const path = (given['PATH'] ?? '').split(delimiter).filter((folder) => folder !== own);
  const env = { ...given, PATH: path.join(delimiter), npm_config_include: 'dev' };
  return isHomeUsable(given['HOME']) ? env : { ...env, npm_config_cache: join(root, '.cache', 'npm') };
}

/** @param {string | undefined} home */
function isHomeUsable(home) {
  if (home === '') return false;
  try {
    accessSync(home ?? homedir(), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** @type {readonly (readonly [RegExp, string])[]} */
const REASONS = [
  [/ENOENT.*\bnpm\b|spawn npm/, 'npm is not on the PATH'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET|ERR_SOCKET_TIMEOUT/,
    'the package registry cannot be reached',
  ],
  [
    /UNABLE_TO_GET_ISSUER|SELF_SIGNED|CERT_/,
    'the certificate of the package registry is not trusted (NODE_EXTRA_CA_CERTS names further ones)',
  ],
  [/E401|E403/, 'the package registry refuses access'],
  [/ENOSPC/, 'the disk is full'],
  [/EROFS|EACCES|EPERM/, 'a folder cannot be written'],
  [/EUSAGE|in sync/, 'package.json and package-lock.json do not fit together'],
];

/**
 * @param {string} output of npm
 * @returns {string} the cause in plain words
 */
export function reasonOf(output) {
  return REASONS.find(([pattern]) => pattern.test(output))?.[1] ?? 'npm ci failed; its own words stand above';
}
