import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { isRoot } from './driver-process.js';
import { kill } from './process-tree.js';
import { makeThrowawayFolder, NOBODY, removeThrowawayFolder } from './throwaway-folder.js';

/** Chrome's argument to run without its sandbox. */
export const WITHOUT_SANDBOX = '--no-sandbox';

/**
 * Chrome's messages without user namespaces: if its setuid helper is missing, wrong, or not allowed to be
 * root.
 */
const NO_SANDBOX =
  /No usable sandbox|SUID sandbox helper binary was found, but|setuid sandbox is not running as root/i;

/**
 * Whether this Chrome can have no sandbox on this machine, because it may create no user namespaces and has
 * no setuid helper, as in many containers. It asks Chrome itself, because chromedriver only reports that
 * Chrome ended.
 * @param browser path of Chrome
 * @param timeoutMs after which it is killed; a Chrome that lives that long has a sandbox
 */
export async function lacksSandbox(browser: string, timeoutMs: number): Promise<boolean> {
  const folder = await makeThrowawayFolder(isRoot());
  const args = ['--headless=new', `--user-data-dir=${folder.profile}`, '--dump-dom', 'about:blank'];
  const child = spawn(browser, args, {
    cwd: folder.path,
    env: folder.environment,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(isRoot() ? NOBODY : {}),
  });
  // With all its children, which would otherwise keep its output open.
  const deadline = setTimeout(() => child.pid !== undefined && kill(-child.pid), timeoutMs);
  try {
    const [said] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    return NO_SANDBOX.test(said);
  } finally {
    clearTimeout(deadline);
    await removeThrowawayFolder(folder.path, null);
  }
}
