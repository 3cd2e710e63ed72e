// @ts-check
import { spawn } from 'node:child_process';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] working directory
 * @property {NodeJS.ProcessEnv} [env] complete environment of the child
 * @property {boolean} [quiet] whether to keep the output instead of showing it
 * @property {number} [deadlineMs] stops the child after this time
 */

/**
 * @typedef {object} RunResult
 * @property {number} code exit code; 128 + signal number if a signal ended it, 127 if it could not start
 * @property {string} output the last part of its output if `quiet`; otherwise the reason why it could not
 *   start
 * @property {boolean} isLate whether the deadline ended it
 */

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
const KEPT_CHARACTERS = 64_000;
const GRACE_MS = 15_000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** @type {keyof typeof SIGNAL_NUMBERS | null} */
let stoppedBy = null;

/**
 * Runs a command to its end. Forwards signals to the child; this process then exits with the child's signal
 * code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export async function run(command, args, options = {}) {
  const result = await runChild(command, args, options);
  if (stoppedBy !== null) process.exit(128 + SIGNAL_NUMBERS[stoppedBy]);
  return result;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @returns {Promise<RunResult>}
 */
function runChild(command, args, { cwd, env = process.env, quiet = false, deadlineMs }) {
  const child = spawn(command, args, { cwd, env, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
  forwardSignals();
  running.add(child);
  let output = '';
  let isLate = false;
  const keep = (/** @type {Buffer} */ chunk) => {
    output = (output + chunk.toString()).slice(-KEPT_CHARACTERS);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const deadline =
    deadlineMs === undefined ? undefined : setTimeout(() => ((isLate = true), end(child)), deadlineMs);
  return new Promise((resolve) => {
    const done = (/** @type {number} */ code) => {
      clearTimeout(deadline);
      running.delete(child);
      resolve({ code, output, isLate });
    };
    child.once('error', (error) => ((output += error.message), done(127)));
    child.once('close', (code, signal) => done(code ?? codeOf(signal)));
  });
}

/** @param {NodeJS.Signals | null} signal */
function codeOf(signal) {
  return 128 + (Object.entries(SIGNAL_NUMBERS).find(([name]) => name === signal)?.[1] ?? 0);
}

/** @param {import('node:child_process').ChildProcess} child */
function end(child) {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
}

let isForwarding = false;

function forwardSignals() {
  if (isForwarding) return;
  isForwarding = true;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      stoppedBy = signal;
      if (running.size === 0) process.exit(128 + SIGNAL_NUMBERS[signal]);
      // At a terminal the child gets Ctrl-C as well; a second signal would abort its graceful stop.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      for (const child of running) child.kill(signal);
    });
  }
}
