// @ts-check
import { canInstallSystemPackages, distribution, installSystemPackages } from './apt.mjs';
import { isOnPath } from './programs.mjs';

/** Common programs that open our zips in the tests, with their Debian packages. */
const PROGRAMS = new Map([
  ['unzip', 'unzip'],
  ['7z', 'p7zip-full'],
  ['python3', 'python3'],
]);

/**
 * Common zip programs for the tests. If they cannot be installed, the tests that need them are skipped and
 * say why.
 * @type {import('./set-up.mjs').Step}
 */
export const zipTools = {
  name: 'zip programs for the tests',
  isReady: () => missing().length === 0,
  install: async () => {
    const { isDebian } = distribution();
    if (!isDebian || !(await canInstallSystemPackages())) return;
    await installSystemPackages(
      'zip programs for the tests',
      missing().map((name) => PROGRAMS.get(name) ?? name),
    );
  },
};

/** @returns {string[]} the programs that are not on the PATH */
function missing() {
  return [...PROGRAMS.keys()].filter((name) => !isOnPath(name));
}
