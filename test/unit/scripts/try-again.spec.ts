import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runJest } from '../../../scripts/checks/jest.mjs';
import { conclude } from '../../../scripts/checks/run-checks.mjs';
import { tryAgain } from '../../../scripts/checks/try-again.mjs';

/** Text of a spec; a marker file tells its tests whether they run for the first time. */
const spec = (...tests: string[]): string =>
  `const { existsSync, writeFileSync } = require('node:fs');
   const isFirst = !existsSync(__filename + '.ran');
   writeFileSync(__filename + '.ran', '');
   ${tests.join('\n')}`;

const CRASH = `process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});`;

const PASSES = `test('passes', () => expect(1).toBe(1));`;
const FAILS = `test('fails', () => expect(2).toBe(1));`;
const RACES = `test('races', () => expect(isFirst ? 2 : 1).toBe(1));`;
const LOADS_LATER = `if (isFirst) throw new Error('not there yet');`;
const CRASHES = `test('crashes', async () => { ${CRASH} });`;
const CRASHES_ONCE = `test('crashes once', async () => { if (isFirst) { ${CRASH} } expect(1).toBe(1); });`;
const SKIPS_LATER = `(isFirst ? test : test.skip)('is left out', () => expect(2).toBe(1));`;
const CHANGES_NAME = `test('first: ' + isFirst, () => expect(isFirst).toBe(false));`;
/** Passes only among other specs, when it runs in a worker process of Jest. */
const NEEDS_COMPANY = `test('needs company', () => expect(process.argv[1]).toMatch(/jest-worker/));`;

describe('a run on a build server', () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'image-job-try [again] ')));
    mkdirSync(join(root, 'test'));
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
    const jest = { testMatch: ['**/*.spec.ts'], transform: {}, reporters: ['<rootDir>/silent.cjs'] };
    writeFileSync(join(root, 'package.json'), JSON.stringify({ jest }));
    writeFileSync(join(root, 'silent.cjs'), 'module.exports = class {};');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  async function run(specs: Record<string, string>): Promise<{ code: number; lines: string[] }> {
    for (const [name, text] of Object.entries(specs))
      writeFileSync(join(root, 'test', `${name}.spec.ts`), text);
    const lines: string[] = [];
    const say = (line: string): void => void lines.push(...line.split('\n'));
    const counts = await tryAgain(await runJest(root, ['test/']), root, say);
    const code = conclude(counts, { isCi: true, say });
    return { code, lines: lines.filter((line) => /^(?:──|flaky)| seed: \d+ \(Jest\)$|\d passed/.test(line)) };
  }

  it.each([
    [
      'is green if two specs pass alone',
      { a: spec(RACES, PASSES), b: spec(LOADS_LATER, PASSES), c: spec(NEEDS_COMPANY) },
      ['flaky: test/a.spec.ts › races', 'flaky: test/b.spec.ts › the file as a whole'],
      '4 passed, 0 failed, 0 skipped',
    ],
    [
      'is red if a spec fails twice, or crashes twice',
      { a: spec(FAILS), b: spec(CRASHES), c: spec(PASSES) },
      [],
      '1 passed, 2 failed, 0 skipped',
    ],
    [
      'is red if a spec skips or renames its failed test in the retry',
      { a: spec(SKIPS_LATER, PASSES), b: spec(CHANGES_NAME) },
      [],
      '1 passed, 2 failed, 0 skipped',
    ],
    [
      'is red if a failed spec passes only among others, and reports another that crashed once',
      { a: spec(RACES, NEEDS_COMPANY), b: spec(CRASHES_ONCE) },
      ['flaky: test/b.spec.ts › the file as a whole'],
      '2 passed, 1 failed, 0 skipped',
    ],
    [
      'is red, without a retry, if three specs failed',
      { a: spec(RACES), b: spec(RACES), c: spec(RACES, PASSES) },
      [],
      '1 passed, 3 failed, 0 skipped',
    ],
  ])(
    '%s',
    async (_what, specs, flaky, last) => {
      const { code, lines } = await run(specs);
      expect(lines.at(-1)).toBe(last);
      expect(code).toBe(last.includes(' 0 failed') ? 0 : 1);
      expect(lines.filter((line) => line.startsWith('flaky')).toSorted()).toEqual(flaky);
      expect(lines.filter((line) => line.includes('seed')).length).toBe(flaky.length);
    },
    180_000,
  );
});
