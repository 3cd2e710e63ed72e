// @ts-check
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
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
 * The Node that all real work runs with: this process's own where it is new enough, else the packaged one.
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
 * Proves after an install that there is a Node to work with, and takes a packaged one away that cannot run
 * here: npm's scripts would find it first.
 * @param {string} root
 * @throws {SetUpFailure} where there is none
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
