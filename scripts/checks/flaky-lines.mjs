// @ts-check
import { stripVTControlCharacters } from 'node:util';

/** @typedef {import('./counts.mjs').Assertion} Assertion */

const MOST_LINES = 6;
const MOST_CHARACTERS = 200;
/** First line of the code frame or stack below a failure message. */
const WHERE = /^(?:>? *\d+ \||at )/;
/** Jest's headline above a message about a whole file. */
const HEADLINE = /^● /;

/**
 * Reports a spec that passed only when retried.
 * @param {import('./counts.mjs').FailedSpec} spec its first, failed run
 * @param {string} file path to show
 * @returns {string[]} for each failed test: its name, the first lines of its failure message, and the seeds
 */
export function flakyLines({ result, args }, file) {
  const failed = result.assertionResults.filter(({ status }) => status === 'failed');
  const told = failed.map((test) => ({
    name: nameOf(test),
    message: (test.failureMessages ?? []).join('\n'),
  }));
  const whole = { name: 'the file as a whole', message: result.message ?? '' };
  return (told.length > 0 ? told : [whole]).flatMap(({ name, message }) => [
    `flaky: ${file} › ${name}`,
    ...[...firstLines(message), ...seedLine(name, message, args)].map((line) => `    ${line}`),
  ]);
}

/** @param {Assertion} test */
function nameOf({ ancestorTitles, title, fullName }) {
  return title === undefined ? fullName : [...(ancestorTitles ?? []), title].join(' › ');
}

/** @param {string} message */
function firstLines(message) {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !HEADLINE.test(line));
  const end = lines.findIndex((line) => WHERE.test(line));
  return lines.slice(0, Math.min(end < 0 ? lines.length : end, MOST_LINES)).map(cut);
}

/** @param {string} line */
function cut(line) {
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line;
}

/**
 * The seeds that a failure depends on: Jest's, the fault suites' (shown in test names), and fast-check's
 * (shown in its message).
 * @param {string} name
 * @param {string} message
 * @param {readonly string[]} args of Jest
 * @returns {string[]} one line, or none
 */
function seedLine(name, message, args) {
  const found = [
    ['Jest', /--seed[= ](-?\d+)/.exec(args.join(' '))?.[1]],
    ['FAULT_SEED', /\bFAULT_SEED=([^\s)]+)/.exec(name)?.[1]],
    ['fast-check', /\{ seed: (-?\d+(?:, path: "[^"]*")?)/.exec(message)?.[1]],
  ].filter(([, seed]) => seed !== undefined);
  return found.length === 0 ? [] : [`seed: ${found.map(([of, seed]) => `${seed} (${of})`).join('; ')}`];
}
