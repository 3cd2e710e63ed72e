// @ts-check
import { browserEnvFile } from './find-browser.mjs';
import { nodeBinary } from './runtime.mjs';

/**
 * How the product is started; what `npm start` writes out in package.json.
 * @param {string} root
 * @returns {[node: string, ...options: string[]]}
 */
export function productNode(root) {
  return [
    nodeBinary(root),
    '--disable-warning=ExperimentalWarning',
    `--env-file-if-exists=${browserEnvFile(root)}`,
  ];
}
