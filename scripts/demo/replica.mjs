// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const READY_MS = 60_000;
const STOP_MS = 5000;

/**
 * @typedef {object} Replica a running stand-in for the internet
 * @property {Record<string, string>} settings settings that make the product use the replica
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the replica. It ends when this process ends in any way, because its standard input then closes.
 * @param {string} node path of the Node binary
 * @param {string} root
 * @returns {Promise<Replica>}
 * @throws {Error} if it does not report its addresses in time
 */
export async function startReplica(node, root) {
  const args = ['--disable-warning=ExperimentalWarning', 'test/replica/main.ts'];
  const child = spawn(node, args, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(force);
  };
  try {
    return { settings: settingsFor(await firstLine(child, exited)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<unknown>} exited
 * @returns {Promise<string>}
 */
async function firstLine(child, exited) {
  if (child.stdout === null) throw new Error('The replica has no output.');
  const lines = createInterface({ input: child.stdout });
  const line = once(lines, 'line', { signal: AbortSignal.timeout(READY_MS) }).then(([text]) => String(text));
  const ended = exited.then(() => {
    throw new Error('The replica ended before it told its addresses.');
  });
  return Promise.race([line, ended]);
}

/**
 * @param {string} line JSON with the addresses
 * @returns {Record<string, string>}
 */
export function settingsFor(line) {
  const { googleUrl, allowPrivateHosts } = JSON.parse(line);
  return { GOOGLE_URL: googleUrl, ALLOW_PRIVATE_HOSTS: allowPrivateHosts.join(',') };
}
