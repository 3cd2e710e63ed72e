// @ts-check
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../process/run.mjs';
import { aptCommand, canInstallSystemPackages, installSystemPackages } from './apt.mjs';
import { SetUpFailure, isSystemError } from './failure.mjs';
import { forTests } from './for-tests.mjs';
import { isOnPath, isRunnable } from './programs.mjs';

const REQUIREMENTS = fileURLToPath(new URL('training/requirements.txt', import.meta.url));
const DEBIAN_PACKAGES = ['python3', 'python3-venv'];
const VENV_DEADLINE_MS = 2 * 60_000;
const PIP_DEADLINE_MS = 10 * 60_000;
/** Maximum lines of a failed command that are shown. */
const SHOWN_LINES = 15;

/**
 * A Python environment with the `datasets` library, which the tests load archives with. Outside of CI a
 * failed install is only reported, and the tests that need it are skipped.
 * @type {import('./set-up.mjs').Step}
 */
export const training = {
  name: 'the datasets library for the tests',
  isReady: (root) => trainingPython(root) !== null,
  install: forTests(install),
};

/**
 * @param {string} root
 * @returns {string | null} the Python of the completed earlier install; null if there is none or the wanted
 *   versions are others
 */
export function trainingPython(root) {
  const python = join(folderIn(root), 'bin', 'python');
  try {
    const installed = readFileSync(join(folderIn(root), 'installed.txt'), 'utf8');
    return installed === readFileSync(REQUIREMENTS, 'utf8') && isRunnable(python) ? python : null;
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}

/** @param {string} root */
function folderIn(root) {
  return join(root, '.cache', 'training');
}

/** @param {string} root */
async function install(root) {
  const folder = folderIn(root);
  if (!(await makeEnvironment(folder))) {
    await installPython();
    if (!(await makeEnvironment(folder))) throw failure('python3 cannot make a virtual environment');
  }
  const options = ['--quiet', '--no-input', '--no-deps', '--only-binary', ':all:', '-r', REQUIREMENTS];
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', ...options];
  const { code, output } = await run(join(folder, 'bin', 'python'), pip, {
    quiet: true,
    deadlineMs: PIP_DEADLINE_MS,
  });
  if (code !== 0) {
    showEnd(output);
    throw failure('pip could not install the packages; its own words stand above');
  }
  writeFileSync(join(folder, 'installed.txt'), readFileSync(REQUIREMENTS, 'utf8'));
}

/**
 * Makes an empty environment; an unfinished one is removed.
 * @param {string} folder
 * @returns {Promise<boolean>} whether this Python can make one: Debian's needs the package python3-venv
 */
async function makeEnvironment(folder) {
  if (!isOnPath('python3')) return false;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { code } = await run('python3', ['-m', 'venv', folder], {
    quiet: true,
    deadlineMs: VENV_DEADLINE_MS,
  });
  return code === 0;
}

async function installPython() {
  const hasApt = isRunnable('/usr/bin/apt-get');
  if (hasApt && (await canInstallSystemPackages()))
    return installSystemPackages('Python for the tests', DEBIAN_PACKAGES);
  throw failure(
    hasApt ? 'this user may not install system packages' : 'python3 with the module venv is not on the PATH',
  );
}

/** @param {string} output */
function showEnd(output) {
  process.stderr.write(`${output.trim().split('\n').slice(-SHOWN_LINES).join('\n')}\n`);
}

/** @param {string} why */
function failure(why) {
  return new SetUpFailure('The datasets library for the tests', why, aptCommand(DEBIAN_PACKAGES));
}
