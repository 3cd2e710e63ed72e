// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserEnvFile } from './find-browser.mjs';
import { nodeBinary } from './runtime.mjs';

const START = / node ((?:--\S+ )+)dist\/src\/main\.js/;

/**
 * Node options of `npm start` without env files, so that demos, benchmarks and fault tests run what people
 * run.
 * @param {string} root
 * @returns {string[]}
 */
export function startOptions(root) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [, options] = START.exec(scripts.start) ?? [];
  if (options === undefined)
    throw new Error('`start` in package.json does not name options and dist/src/main.js');
  return options.split(' ').filter((option) => option !== '' && !option.startsWith('--env-file'));
}

/**
 * The command line of the product, without its main module.
 * @param {string} root
 * @returns {[node: string, ...options: string[]]}
 */
export function productNode(root) {
  return [nodeBinary(root), ...startOptions(root), `--env-file-if-exists=${browserEnvFile(root)}`];
}
