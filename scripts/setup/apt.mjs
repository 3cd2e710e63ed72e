// @ts-check
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { run } from '../process/run.mjs';
import { SetUpFailure, isSystemError } from './failure.mjs';

const LOCK_WAIT_MS = 5 * 60_000;
const RETRY_MS = 3000;
const OPTIONS = [
  '-o',
  `DPkg::Lock::Timeout=${LOCK_WAIT_MS / 1000}`,
  '-o',
  'Acquire::Retries=2',
  '-o',
  'Acquire::http::Timeout=30',
];

/**
 * @param {string} [osRelease] text of /etc/os-release
 * @returns {{ isDebian: boolean, name: string }} whether it is Debian or a direct derivative; Ubuntu counts
 *   as not Debian because its chromium is a snap
 */
export function distribution(osRelease = readOsRelease()) {
  const value = (/** @type {string} */ key) =>
    new RegExp(`^${key}="?([^"\n]*)`, 'm').exec(osRelease)?.[1] ?? '';
  const family = `${value('ID')} ${value('ID_LIKE')}`.split(' ');
  return { isDebian: family.includes('debian') && !family.includes('ubuntu'), name: value('PRETTY_NAME') };
}

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return '';
    throw error;
  }
}

/** @returns {Promise<boolean>} whether this user is root or may use sudo without a password */
export async function canInstallSystemPackages() {
  return isRoot() || (await run('sudo', ['-n', 'true'], { quiet: true, deadlineMs: 10_000 })).code === 0;
}

/**
 * @param {readonly string[]} names
 * @returns {string} a command to show to people
 */
export function aptCommand(names) {
  const install = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  return isRoot() ? `apt-get update && ${install}` : `sudo sh -c 'apt-get update && ${install}'`;
}

/**
 * Installs Debian packages. Waits for other users of apt and repairs an interrupted earlier install.
 * @param {string} what subject of the failure message
 * @param {readonly string[]} names
 * @throws {SetUpFailure}
 */
export async function installSystemPackages(what, names) {
  // A partly failed update may still leave usable lists, so only the install decides.
  const update = await apt(['update']);
  const install = ['install', '-y', '--no-install-recommends', ...names];
  let result = await apt(install);
  if (result.code !== 0 && /dpkg --configure -a|--fix-broken|-f install/.test(result.output)) {
    await asRoot(['dpkg', '--configure', '-a']);
    await apt(['install', '-y', '--fix-broken']);
    result = await apt(install);
  }
  if (result.code === 0) return;
  process.stderr.write(`${result.output.trim().split('\n').slice(-15).join('\n')}\n`);
  throw new SetUpFailure(what, aptReason(`${update.output}\n${result.output}`), aptCommand(names));
}

/** @param {readonly string[]} args */
async function apt(args) {
  const giveUpAt = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    const result = await asRoot(['apt-get', ...OPTIONS, ...args]);
    const isLocked = result.code !== 0 && /Could not get lock|Unable to (acquire|lock)/.test(result.output);
    if (!isLocked || performance.now() > giveUpAt) return result;
    await delay(RETRY_MS);
  }
}

/** @param {readonly string[]} command */
async function asRoot(command) {
  const rootly = ['env', 'DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C', ...command];
  const [first = 'env', ...rest] = isRoot() ? rootly : ['sudo', '-n', ...rootly];
  return run(first, rest, { quiet: true });
}

function isRoot() {
  return process.getuid?.() === 0;
}

/** @type {readonly (readonly [RegExp, string])[]} */
const REASONS = [
  [/Could not get lock|Unable to (acquire|lock)/, 'another program keeps using apt'],
  [/No space left|enough free space/i, 'the disk is full'],
  [
    /Temporary failure resolving|Could not resolve|Could not connect|Cannot initiate|timed out|Unable to connect/,
    "Debian's package servers cannot be reached",
  ],
  [/Read-only file system/, 'the system is read-only'],
  [
    /Unable to locate package|has no installation candidate/,
    'the package sources of this machine do not offer it',
  ],
];

/**
 * @param {string} output of apt-get with LC_ALL=C
 * @returns {string} the cause in plain words
 */
export function aptReason(output) {
  return (
    REASONS.find(([pattern]) => pattern.test(output))?.[1] ?? 'apt-get failed; its own words stand above'
  );
}
