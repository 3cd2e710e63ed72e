// @ts-check
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { startReplica } from './demo/replica.mjs';
import { run } from './process/run.mjs';
import { describeFailure, isSystemError } from './setup/failure.mjs';
import { readEnvFile } from './setup/find-browser.mjs';
import { productNode } from './setup/product.mjs';
import { ROOT, setUp } from './setup/set-up.mjs';
import { SERVING } from './setup/steps.mjs';

const QUERY = 'red panda';
const REQUEST = [QUERY, '--count', '60', '--email', 'you@example.org'];

const given = process.env['DATA_DIR'] || readEnvFile(join(ROOT, '.env'))['DATA_DIR'];
const dataDir = resolve(ROOT, given ?? 'data/demo');
const zip = join(given === undefined ? dataDir : join(dataDir, 'demo'), 'red-panda.zip');

try {
  await setUp(SERVING);
  process.exitCode = await demonstrate();
} catch (error) {
  process.stderr.write(describeFailure(error));
  process.exitCode = 1;
}

/** @returns {Promise<number>} exit code of the job; 1 if its notices are missing */
async function demonstrate() {
  mkdirSync(join(zip, '..'), { recursive: true });
  const earlier = new Set(notices());
  const [node, ...options] = productNode(ROOT);
  const replica = await startReplica(node, ROOT);
  console.log(`\nOne whole job without internet: 60 images of «${QUERY}» from a small replica of the web.\n`);
  try {
    const own = { DATA_DIR: dataDir, SMTP_URL: '', ENGINES: 'google', CONFIRM_EMAIL: 'false' };
    const env = { ...process.env, ...replica.settings, ...own };
    const args = [...options, 'dist/src/cli/main.js', ...REQUEST, '--force', '--out', zip];
    const { code } = await run(node, args, { cwd: ROOT, env });
    return code === 0 ? report(notices().filter((file) => !earlier.has(file))) : code;
  } finally {
    await replica.stop();
  }
}

/** @returns {string[]} paths of all notices so far, oldest first */
function notices() {
  const folder = join(dataDir, 'mail');
  try {
    const mails = readdirSync(folder).filter((name) => name.endsWith('.eml'));
    const writtenAt = (/** @type {string} */ file) => statSync(file).mtimeMs;
    return mails.map((name) => join(folder, name)).sort((a, b) => writtenAt(a) - writtenAt(b));
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return [];
    throw error;
  }
}

/**
 * @param {readonly string[]} mails of this job
 * @returns {0 | 1}
 */
function report(mails) {
  console.log(`\nThe zip:      ${readable(zip)}`);
  for (const mail of mails) console.log(`A notice:     ${readable(mail)}`);
  if (mails.length === 2) return 0;
  console.error(
    `\nTwo notices were expected in ${readable(join(dataDir, 'mail'))}, there are ${mails.length}.`,
  );
  return 1;
}

/** @param {string} path */
function readable(path) {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}
