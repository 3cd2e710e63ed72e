// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../process/run.mjs';
import { SetUpFailure, isSystemError } from './failure.mjs';
import { nodeBinary } from './runtime.mjs';

const SOURCES = ['src', 'bots'];
const SETTINGS = ['tsconfig.json', 'nest-cli.json', 'package.json', 'package-lock.json'];

/** The compiled product in dist/. @type {import('./set-up.mjs').Step} */
export const build = {
  name: 'the build (nest build)',
  isReady: (root) => readIfThere(stampOf(root)) === fingerprint(root),
  install: async (root) => {
    const code = await compile(root);
    if (code !== 0)
      throw new SetUpFailure(
        'The build',
        'the sources do not compile; the compiler says where above',
        'npm run build',
      );
  },
};

/**
 * Compiles into dist/ and, only on success, records which sources were compiled.
 * @param {string} root
 * @returns {Promise<number>} exit code
 */
export async function compile(root) {
  const print = fingerprint(root);
  rmSync(stampOf(root), { force: true });
  const { code } = await run(nodeBinary(root), [join(root, 'node_modules/.bin/nest'), 'build'], {
    cwd: root,
  });
  if (code === 0) writeFileSync(stampOf(root), print);
  return code;
}

/** @param {string} root */
function stampOf(root) {
  return join(root, 'dist', '.built-from');
}

/**
 * @param {string} root
 * @returns {string} hash over the names and contents of all inputs of the build
 */
export function fingerprint(root) {
  const hash = createHash('sha256');
  const files = [
    ...SETTINGS,
    ...SOURCES.filter((folder) => existsSync(join(root, folder))).flatMap((folder) => filesIn(root, folder)),
  ];
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readIfThere(join(root, file)) ?? '')
      .update('\0');
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]} paths of all files in the folder and below, sorted
 */
function filesIn(root, folder) {
  const files = readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(root, join(folder, entry.name)) : [join(folder, entry.name)],
  );
  return files.sort();
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return null;
    throw error;
  }
}
