// @ts-check
import { copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../process/run.mjs';
import { SetUpFailure } from './failure.mjs';

const NEEDED = [24, 9];

/**
 * @param {string} version like `24.21.0` or `v24.21.0`
 * @returns {boolean} whether the product runs on it
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return (
    major > /** @type {number} */ (NEEDED[0]) ||
    (major === NEEDED[0] && minor >= /** @type {number} */ (NEEDED[1]))
  );
}

/**
 * The Node that does all real work: the current one if it is new enough, otherwise the packaged one.
 * @param {string} root the project's folder
 * @returns {string} path of the binary
 */
export function nodeBinary(root) {
  return isNewEnough(process.versions.node) ? process.execPath : packagedNode(root);
}

/** @param {string} root */
function packagedNode(root) {
  return join(root, 'node_modules', '.bin', 'node');
}

/**
 * Links the packaged Node into node_modules/.bin if npm did not: npm 9 does not.
 * @param {string} root
 */
export function linkPackagedNode(root) {
  const place = packagedNode(root);
  const folder = `node-${process.platform}-${process.arch}`;
  if (existsSync(place) || !existsSync(join(root, 'node_modules', folder, 'bin', 'node'))) return;
  mkdirSync(dirname(place), { recursive: true });
  rmSync(place, { force: true });
  symlinkSync(join('..', folder, 'bin', 'node'), place);
}

/**
 * Copies the packaged Node to a place that an install does not delete.
 * @param {string} root
 * @returns {string} path of the copy
 */
export function setPackagedNodeAside(root) {
  const copy = join(root, '.cache', 'node');
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(packagedNode(root), copy);
  return copy;
}

/**
 * Verifies after an install that a usable Node exists, and removes a packaged one that cannot run here: npm's
 * scripts would find it first.
 * @param {string} root
 * @throws {SetUpFailure} if there is no usable Node
 */
export async function checkRuntime(root) {
  const packaged = packagedNode(root);
  const hasPackaged = existsSync(packaged);
  const runs =
    hasPackaged && (await run(packaged, ['--version'], { quiet: true, deadlineMs: 30_000 })).code === 0;
  if (hasPackaged && !runs) rmSync(packaged, { force: true });
  if (runs || isNewEnough(process.versions.node)) return;
  const why = hasPackaged
    ? 'the packaged Node does not run here (it needs glibc)'
    : `there is no packaged Node for ${process.platform} ${process.arch}`;
  throw new SetUpFailure(
    'Node 24',
    `${why}, and this machine's own is ${process.version}`,
    `install Node ${NEEDED.join('.')} or newer from https://nodejs.org/en/download and run the command again`,
  );
}
