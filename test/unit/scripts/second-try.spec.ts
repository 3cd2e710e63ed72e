import {
  countJest,
  countsLine,
  exitCodeFor,
  NOTHING,
  ONE_FAILURE,
  sum,
} from '../../../scripts/checks/counts.mjs';
import type { JestRun } from '../../../scripts/checks/jest.mjs';
import { conclude } from '../../../scripts/checks/run-checks.mjs';
import { settle, specsToTryAgain } from '../../../scripts/checks/second-try.mjs';

type Outcome = 'passed' | 'failed' | 'pending' | 'todo';
type Tests = Record<string, Outcome>;

/** Jest's report of a file; `broken` is its message about a failure to load, or outside the tests. */
const file = (name: string, tests: Tests, broken?: string) => ({
  name: `/root/${name}`,
  status: broken !== undefined || Object.values(tests).includes('failed') ? 'failed' : 'passed',
  message: broken ?? '',
  assertionResults: Object.entries(tests).map(([title, status]) => ({
    ancestorTitles: ['it'],
    title,
    fullName: `it ${title}`,
    status,
    failureMessages: status === 'failed' ? [`expected ${title}\n\n    at ${name}:1:2\n    at jest`] : [],
  })),
});

const firstRun = (files: ReturnType<typeof file>[], code = 1) =>
  countJest({ testResults: files }, code, ['--seed=7']);
const again = (result: ReturnType<typeof file>, code = 0): JestRun => ({
  report: { testResults: [result] },
  code,
});

/** The whole process: the first run, the retries in order of the failed files, and the conclusion. */
function judged(first: ReturnType<typeof firstRun>, ...seconds: JestRun[]) {
  const tries = specsToTryAgain(first).map((spec, at) => ({
    first: spec,
    run: seconds[at] ?? { report: null, code: 1 },
  }));
  const counts = settle(first, tries, '/root');
  return [
    countsLine(counts),
    exitCodeFor(counts, true),
    counts.flaky.filter((line) => line.startsWith('flaky: ')),
  ];
}

const GOOD = file('good.spec.ts', { one: 'passed', two: 'passed' });
const FAILED = file('a.spec.ts', { x: 'failed', y: 'passed' });
const PASSED = file('a.spec.ts', { x: 'passed', y: 'passed' });
const UNLOADED = file('a.spec.ts', {}, 'cannot find module');
const RED_ONCE = ['3 passed, 1 failed, 0 skipped', 1, []];

describe('a spec that failed', () => {
  it('is green if it passes alone, each test counted once', () => {
    expect(judged(firstRun([GOOD, FAILED]), again(PASSED))).toEqual([
      '4 passed, 0 failed, 0 skipped',
      0,
      ['flaky: a.spec.ts › it › x'],
    ]);
  });

  it('is green with all its tests if only its first load failed', () => {
    expect(judged(firstRun([GOOD, UNLOADED]), again(PASSED))).toEqual([
      '4 passed, 0 failed, 0 skipped',
      0,
      ['flaky: a.spec.ts › the file as a whole'],
    ]);
  });

  it('is green if at first something failed outside its tests', () => {
    const beside = file('a.spec.ts', { x: 'passed', y: 'passed' }, 'afterAll: still open');
    expect(judged(firstRun([GOOD, beside]), again(PASSED))).toEqual([
      '4 passed, 0 failed, 0 skipped',
      0,
      ['flaky: a.spec.ts › the file as a whole'],
    ]);
  });

  it.each([
    ['fails again', again(FAILED, 1)],
    ['fails in another of its tests', again(file('a.spec.ts', { x: 'passed', y: 'failed' }), 1)],
    ['fails outside its tests', again(file('a.spec.ts', { x: 'passed', y: 'passed' }, 'afterAll'), 1)],
    ['cannot be loaded', again(UNLOADED, 1)],
    ['leaves no report, e.g. after a crash or at the deadline', { report: null, code: 137 }],
    ['passes, but then Jest itself fails', again(PASSED, 134)],
    ['skips the test that failed', again(file('a.spec.ts', { x: 'pending', y: 'passed' }))],
    ['has the test that failed as a todo', again(file('a.spec.ts', { x: 'todo', y: 'passed' }))],
    ['skips a test that had passed', again(file('a.spec.ts', { x: 'passed', y: 'pending' }))],
    ['lacks the test that failed', again(file('a.spec.ts', { y: 'passed' }))],
    ['lacks a test that had passed', again(file('a.spec.ts', { x: 'passed' }))],
    [
      'has the test under another name',
      again(file('a.spec.ts', { 'x at port 4711': 'passed', y: 'passed' })),
    ],
    ['has an additional test', again(file('a.spec.ts', { x: 'passed', y: 'passed', z: 'passed' }))],
    ['runs another file', again({ ...PASSED, name: '/root/b.spec.ts' })],
    ['runs nothing', { report: { testResults: [] }, code: 0 }],
    ['also runs another file', { report: { testResults: [PASSED, GOOD] }, code: 0 }],
  ])('is red and counted once if its retry %s', (_what, second) => {
    expect(judged(firstRun([GOOD, FAILED]), second)).toEqual(RED_ONCE);
  });

  it.each([
    ['skips everything', again(file('a.spec.ts', { x: 'pending', y: 'pending' }))],
    ['has no test', again(file('a.spec.ts', {}))],
  ])('to load is red if its retry %s', (_what, second) => {
    expect(judged(firstRun([GOOD, UNLOADED]), second)).toEqual(['2 passed, 1 failed, 0 skipped', 1, []]);
  });

  it('needs all of several tests with the same name', () => {
    const twice = (first: Outcome, second: Outcome) => {
      const { assertionResults, ...rest } = file('a.spec.ts', { x: first, y: second });
      return { ...rest, assertionResults: assertionResults.map((test) => ({ ...test, fullName: 'same' })) };
    };
    const first = firstRun([twice('failed', 'passed')]);
    expect(judged(first, again(twice('passed', 'pending')))[0]).toBe('1 passed, 1 failed, 0 skipped');
    expect(judged(first, again(twice('passed', 'passed')))[0]).toBe('2 passed, 0 failed, 0 skipped');
  });

  it('keeps skipped tests skipped, so that a build still fails', () => {
    const skipping = (x: Outcome) => file('a.spec.ts', { x, left: 'pending' });
    expect(judged(firstRun([skipping('failed')]), again(skipping('passed'))).slice(0, 2)).toEqual([
      '1 passed, 0 failed, 1 skipped',
      1,
    ]);
    const first = firstRun([GOOD, UNLOADED]);
    const counts = settle(first, [{ first: only(first), run: again(skipping('passed')) }], '/root');
    expect(counts).toMatchObject({ passed: 3, failed: 0, skipped: 1, skips: ['it left'] });
  });
});

describe('several specs that failed', () => {
  const failing = (name: string) => file(name, { x: 'failed', y: 'failed', z: 'passed' });
  const passing = (name: string) => file(name, { x: 'passed', y: 'passed', z: 'passed' });
  /** Two Jest runs, as for two folders. */
  const runs = (...names: string[]) =>
    sum(names.map((name) => firstRun([failing(name), file(`good-${name}`, { one: 'passed' })])));

  it('may be two, from any runs', () => {
    expect(judged(runs('a', 'b'), again(passing('a')), again(passing('b')))).toEqual([
      '8 passed, 0 failed, 0 skipped',
      0,
      ['flaky: a › it › x', 'flaky: a › it › y', 'flaky: b › it › x', 'flaky: b › it › y'],
    ]);
  });

  it('may not be three', () => {
    expect(specsToTryAgain(runs('a', 'b', 'c'))).toEqual([]);
    expect(judged(runs('a', 'b', 'c'))).toEqual(['6 passed, 6 failed, 0 skipped', 1, []]);
  });

  it('are red if one of them fails again, and still report the other', () => {
    expect(judged(runs('a', 'b'), again(failing('a'), 1), again(passing('b')))).toEqual([
      '6 passed, 2 failed, 0 skipped',
      1,
      ['flaky: b › it › x', 'flaky: b › it › y'],
    ]);
  });
});

describe('a result that is not retried', () => {
  it.each([
    ['a check that failed', ONE_FAILURE],
    ['a run of Jest without a report', countJest(null, 1)],
    ['a run that failed without a failed test', firstRun([GOOD])],
    ['a run that crashed after failed tests', firstRun([FAILED], 134)],
    ['a run that passed', firstRun([GOOD], 0)],
  ])('is %s', (_what, counts) => {
    expect(specsToTryAgain(counts)).toEqual([]);
  });

  it('keeps the run red next to a spec that passed when retried', () => {
    const first = sum([ONE_FAILURE, firstRun([GOOD, FAILED])]);
    expect(judged(first, again(PASSED)).slice(0, 2)).toEqual(['4 passed, 1 failed, 0 skipped', 1]);
  });
});

describe('the report of a flaky test', () => {
  const told = (message: string, title = 'x', args = ['--seed=7']): readonly string[] => {
    const result = file('a.spec.ts', { [title]: 'failed' });
    for (const test of result.assertionResults) test.failureMessages = [message];
    const first = countJest({ testResults: [result] }, 1, args);
    const second = again(file('a.spec.ts', { [title]: 'passed' }));
    return settle(first, [{ first: only(first), run: second }], '/root').flaky;
  };

  it('has its name, the first lines of its failure without colours and stack, and the seed', () => {
    const message =
      '\u001B[2mexpect(\u001B[22m2\u001B[2m)\u001B[22m\n\nExpected: 1\nReceived: 2\n    at a.spec.ts:1:2\nmore';
    expect(told(message)).toEqual([
      'flaky: a.spec.ts › it › x',
      '    expect(2)',
      '    Expected: 1',
      '    Received: 2',
      '    seed: 7 (Jest)',
    ]);
  });

  it('is short', () => {
    const lines = told(Array.from({ length: 50 }, () => 'y'.repeat(5000)).join('\n'));
    expect(lines.length).toBeLessThanOrEqual(8);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(210);
  });

  it.each([
    ['the fault suites', 'Error', 'killed 10 times (FAULT_SEED=abc)', [], 'seed: abc (FAULT_SEED)'],
    [
      'fast-check',
      'Error: Property failed after 3 tests\n{ seed: -5, path: "2:0:1", endOnFailure: true }\nCounterexample',
      'holds',
      ['--seed', '9'],
      'seed: 9 (Jest); -5, path: "2:0:1" (fast-check)',
    ],
  ])('has the seed of %s', (_whose, message, title, args, expected) => {
    expect(told(message, title, args).at(-1)).toBe(`    ${expected}`);
  });

  it('is the last part before the counts', () => {
    const lines: string[] = [];
    const counts = { ...NOTHING, passed: 2, flaky: told('wrong') };
    expect(conclude(counts, { isCi: true, say: (line) => lines.push(line) })).toBe(0);
    expect(lines.join('\n')).toBe(
      '\nflaky: a.spec.ts › it › x\n    wrong\n    seed: 7 (Jest)\n\n2 passed, 0 failed, 0 skipped',
    );
  });
});

/** @returns the only failed spec */
function only({ failedSpecs: [spec, ...others] }: ReturnType<typeof firstRun>) {
  if (spec === undefined || others.length > 0) throw new Error(`${others.length} others failed`);
  return spec;
}
