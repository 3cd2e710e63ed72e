// @ts-check
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';

/**
 * @typedef {object} Step one requirement; one file each
 * @property {string} name as the object of "Setting up ..."
 * @property {(root: string) => boolean | Promise<boolean>} isReady cheap: a few milliseconds, no child process
 * @property {(root: string) => Promise<void>} install safe to repeat after an interruption
 */

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/**
 * Ensures every step, in order. If all steps are ready it only checks: no lock, no child process, no writing.
 * @param {readonly Step[]} steps
 * @param {{ root?: string, say?: (line: string) => void }} [options]
 * @returns {Promise<void>}
 * @throws {import('./failure.mjs').SetUpFailure} for the first step that cannot be installed
 */
export async function setUp(steps, { root = ROOT, say = console.log } = {}) {
  if (await areReady(steps, root)) return;
  await withLock(
    join(root, '.cache', 'set-up.lock'),
    async () => {
      for (const step of steps) await ensure(step, root, say);
    },
    { say },
  );
}

/**
 * @param {readonly Step[]} steps
 * @param {string} root
 */
async function areReady(steps, root) {
  for (const step of steps) if (!(await step.isReady(root))) return false;
  return true;
}

/**
 * @param {Step} step
 * @param {string} root
 * @param {(line: string) => void} say
 */
async function ensure(step, root, say) {
  if (await step.isReady(root)) return;
  say(`Setting up ${step.name}…`);
  const startedAt = performance.now();
  await step.install(root);
  say(`Setting up ${step.name}: done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}
