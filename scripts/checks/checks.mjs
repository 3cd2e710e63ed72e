// @ts-check
import { join } from 'node:path';
import { run } from '../process/run.mjs';
import { compile } from '../setup/build.mjs';
import { nodeBinary } from '../setup/runtime.mjs';
import { NOTHING, ONE_FAILURE } from './counts.mjs';
import { hasSpecs, runJest } from './jest.mjs';
import { doubledNames, fullFolders } from './structure.mjs';

/**
 * @typedef {object} Check one part of the test command
 * @property {string} name
 * @property {(root: string) => Promise<import('./counts.mjs').Counts>} run
 */

/**
 * @param {string} name
 * @param {string} program name in node_modules/.bin
 * @param {...string} args
 * @returns {Check}
 */
function tool(name, program, ...args) {
  return {
    name,
    run: async (root) => {
      const { code } = await run(nodeBinary(root), [join(root, 'node_modules', '.bin', program), ...args], {
        cwd: root,
      });
      return code === 0 ? NOTHING : ONE_FAILURE;
    },
  };
}

/**
 * @param {string} folder
 * @returns {Check}
 */
function suites(folder) {
  return {
    name: `tests in ${folder}`,
    run: async (root) => (hasSpecs(root, folder) ? runJest(root, [`${folder}/`]) : NOTHING),
  };
}

export const format = tool('format (prettier)', 'prettier', '--check', '--log-level=warn', '--cache', '.');

export const writeFormat = tool(
  'format (prettier)',
  'prettier',
  '--write',
  '--log-level=warn',
  '--cache',
  '.',
);

/** Style and common mistakes. */
export const lint = tool('lint (oxlint)', 'oxlint', '--deny-warnings');

/** Which room may import which. */
export const boundaries = tool(
  'boundaries (dependency-cruiser)',
  'depcruise',
  '--config=.dependency-cruiser.mjs',
  '{src,bots}/**/*.ts',
);

/** Each exported name has one meaning, and each folder is small enough to survey. @type {Check} */
export const structure = {
  name: 'structure (names and folders)',
  run: async (root) => {
    const faults = [...doubledNames(root), ...fullFolders(root)];
    process.stdout.write(faults.map((fault) => `  ${fault}\n`).join(''));
    return faults.length === 0 ? NOTHING : ONE_FAILURE;
  },
};

/** Types of product, tests and scripts. */
export const types = tool('types (tsc)', 'tsc', '-p', 'tsconfig.test.json');

/** The build that the end-to-end tests start. @type {Check} */
export const build = {
  name: 'build (nest build)',
  run: async (root) => ((await compile(root)) === 0 ? NOTHING : ONE_FAILURE),
};

/** Everything that `npm test` runs, in this order: fast checks first. */
export const CHECKS = [
  format,
  lint,
  boundaries,
  structure,
  types,
  build,
  ...['test/unit', 'test/contract', 'test/e2e', 'test/faults'].map((folder) => suites(folder)),
];
