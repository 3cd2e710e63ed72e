// @ts-check
import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../process/run.mjs';
import { browserEnvFile } from '../setup/find-browser.mjs';
import { isSystemError } from '../setup/failure.mjs';
import { nodeBinary } from '../setup/runtime.mjs';
import { countJest } from './counts.mjs';

const DEADLINE_MS = 45 * 60_000;

const WORKERS = /^(?:-w|-i|--maxWorkers|--runInBand)(?:=|$)/;
const SEED = /^--seed(?:=|$)/;
const SEEDS = 2 ** 31;
/** Special characters of a glob; `?` replaces each because it matches any one character. */
const GLOB_CHARACTER = /[*?[\]{}()!+@|\\]/g;

/** @typedef {{ report: import('./counts.mjs').JestReport | null, code: number }} JestRun */

/**
 * Runs Jest and counts.
 * @param {string} root
 * @param {readonly string[]} args folders, files and options of Jest
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export async function runJest(root, args) {
  const seeded = args.some((arg) => SEED.test(arg)) ? args : [`--seed=${randomInt(SEEDS)}`, ...args];
  const workers = args.some((arg) => WORKERS.test(arg)) ? [] : ['--maxWorkers=2'];
  const { report, code } = await jestReport(root, [...workers, ...seeded]);
  return countJest(report, code, seeded);
}

/**
 * Runs one file of an earlier run again, with the arguments and the seed of that run.
 * @param {string} root
 * @param {import('./counts.mjs').FailedSpec} spec
 * @returns {Promise<JestRun>}
 */
export function runAlone(root, { result, args }) {
  const workers = args.some((arg) => WORKERS.test(arg)) ? [] : ['--runInBand'];
  return jestReport(root, [
    ...workers,
    ...args,
    `--testMatch=${result.name.replaceAll(GLOB_CHARACTER, '?')}`,
  ]);
}

/**
 * Runs Jest with the project's settings and shows its output.
 * @param {string} root
 * @param {readonly string[]} args folders, files and options of Jest
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<JestRun>}
 */
export async function jestReport(root, args, env = process.env) {
  const folder = mkdtempSync(join(tmpdir(), 'image-job-tests-'));
  const outputFile = join(folder, 'report.json');
  try {
    const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
    const settings = [`--env-file-if-exists=${browserEnvFile(root)}`, join(root, 'node_modules/.bin/jest')];
    const options = ['--json', `--outputFile=${outputFile}`];
    const { code, isLate } = await run(nodeBinary(root), [...node, ...settings, ...options, ...args], {
      cwd: root,
      env,
      deadlineMs: DEADLINE_MS,
    });
    if (isLate) console.log(`The tests were stopped: not done after ${DEADLINE_MS / 60_000} minutes.`);
    return { report: readReport(outputFile), code };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @returns {import('./counts.mjs').JestReport | null}
 */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (isSystemError(error, 'ENOENT') || error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {boolean} whether the folder or one below it holds a spec
 */
export function hasSpecs(root, folder) {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true }).some((entry) =>
      entry.isDirectory() ? hasSpecs(root, join(folder, entry.name)) : entry.name.endsWith('.spec.ts'),
    );
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return false;
    throw error;
  }
}
