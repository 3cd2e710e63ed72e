import { setTimeout as delay } from 'node:timers/promises';
import { countJest, NOTHING, ONE_FAILURE } from '../../../scripts/checks/counts.mjs';
import { jestReport, runJest } from '../../../scripts/checks/jest.mjs';
import { faultRows, readFaultArguments } from '../../../scripts/checks/fault-rows.mjs';
import { conclude, runChecks } from '../../../scripts/checks/run-checks.mjs';
import { run } from '../../../scripts/process/run.mjs';

const specResult = (name: string, status: string, ...statuses: string[]) => ({
  name,
  status,
  assertionResults: statuses.map((of, at) => ({ fullName: `${name} ${at}`, status: of })),
});

describe('the counts of a run', () => {
  it('are taken from Jest', () => {
    const testResults = [
      specResult('x', 'failed', 'pending', 'passed', 'failed', 'failed'),
      specResult('y', 'focused', 'todo', 'passed'),
    ];
    expect(countJest({ testResults }, 1)).toMatchObject({
      passed: 2,
      failed: 2,
      skipped: 2,
      skips: ['x 0', 'y 0'],
    });
  });

  it.each([
    ['a suite that could not be loaded', { testResults: [specResult('x', 'failed')] }, 1],
    ['a suite that failed outside its tests', { testResults: [specResult('x', 'failed', 'passed')] }, 1],
    ['a run that failed without a failed test', { testResults: [specResult('x', 'passed', 'passed')] }, 1],
    ['a run without a report', null, 134],
  ])('include one failure for %s', (_what, given, code) => {
    expect(countJest(given, code).failed).toBe(1);
  });
});

describe('Jest', () => {
  const SPEC = 'test/unit/storage/merge-sorted.spec.ts';

  it('runs only the given tests for the test command, and one at a time for the fault suites', async () => {
    expect(await runJest('.', [SPEC])).toMatchObject({ passed: 2, failed: 0 });
    expect(await jestReport('.', ['--runInBand', SPEC])).toMatchObject({
      code: 0,
      report: { numPassedTests: 2 },
    });
  }, 180_000);
});

describe('the test command', () => {
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  beforeEach(() => void lines.splice(0));
  const check = (name: string, counts: typeof NOTHING) => ({ name, run: async () => counts });

  it('continues after a failed check and adds all counts', async () => {
    const broken = { name: 'broken', run: () => Promise.reject(new Error('no compiler')) };
    const tests = check('tests', { ...NOTHING, passed: 5, failed: 1, skipped: 2, skips: ['a', 'b'] });
    const counts = await runChecks([check('lint', ONE_FAILURE), broken, tests], '.', say);
    expect(counts).toEqual({ ...NOTHING, passed: 5, failed: 3, skipped: 2, skips: ['a', 'b'] });
    expect(lines.join('\n')).toContain('no compiler');
  });

  it('ends with the counts', () => {
    const counts = { ...NOTHING, passed: 7, skipped: 1, skips: ['the reason'] };
    expect(conclude(counts, { isCi: false, say })).toBe(0);
    expect(lines.at(-1)).toMatch(/\n7 passed, 0 failed, 1 skipped$/);
    expect(lines.join('\n')).toContain('the reason');
  });

  it.each([
    ['anything failed', { ...NOTHING, passed: 9, failed: 1 }, false],
    ['a test was skipped on a build server', { ...NOTHING, passed: 9, skipped: 1 }, true],
    ['no test was run', NOTHING, false],
  ])('fails when %s', (_what, counts, isCi) => {
    expect(conclude(counts, { isCi, say })).toBe(1);
  });
});

describe('the long fault suites', () => {
  it('are reported as rows with the figure, the bar and whether it holds', () => {
    const results = [
      { fullName: 'kill -9 loses no job', status: 'passed', duration: 12 },
      { fullName: 'a mail is sent once', status: 'failed', duration: 3 },
      { fullName: 'not run', status: 'pending' },
    ];
    const rows = faultRows({
      testResults: [{ name: '/x/kill.spec.ts', status: 'failed', assertionResults: results }],
    });
    expect(rows.map(({ id, figure, bar, holds, runs }) => [id, figure, bar, holds, runs])).toEqual([
      ['kill-1', 0, 0, true, [12]],
      ['kill-2', 1, 0, false, [3]],
    ]);
  });

  it('take names, a file for the rows, and options of Jest', () => {
    expect(readFaultArguments(['kill', '--json', 'rows.json', '--verbose'])).toEqual({
      jsonFile: 'rows.json',
      patterns: ['test/faults/.*kill'],
      options: ['--verbose'],
    });
    expect(readFaultArguments([]).patterns).toEqual(['test/faults/']);
  });
});

describe('a run command', () => {
  const script = (text: string): [string, string[]] => [process.execPath, ['-e', text]];

  it('gives its exit code and its output', async () => {
    const result = await run(...script('console.log("out"); console.error("err"); process.exit(7)'), {
      quiet: true,
    });
    expect(result).toMatchObject({ code: 7, isLate: false });
    expect(result.output).toContain('out');
    expect(result.output).toContain('err');
  });

  it('gives 128 plus the number of the signal that ended it', async () => {
    const result = await run(...script('process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9999)'), {
      quiet: true,
    });
    expect(result.code).toBe(143);
  });

  it('gives 127 and the reason if it does not exist', async () => {
    expect(await run('/nowhere/at-all', [], { quiet: true })).toMatchObject({
      code: 127,
      output: expect.stringContaining('ENOENT'),
    });
  });

  it('is stopped at its deadline', async () => {
    const result = run(...script('setInterval(() => {}, 1000)'), { quiet: true, deadlineMs: 100 });
    const winner = await Promise.race([result, delay(60_000, null, { ref: false })]);
    expect(winner).toMatchObject({ isLate: true, code: 143 });
  });
});
