import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

describe('the lint rules', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'image-job-lint-'));
    // Paths in the configuration are relative to its folder.
    copyFileSync('.oxlintrc.json', join(root, '.oxlintrc.json'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it.each([
    [
      'the environment read outside environment.ts',
      'src/web/page.ts',
      'export const a = process.env;',
      'no-process-env',
    ],
    [
      'the wall clock read in place of the injected one',
      'src/jobs/age.ts',
      'export const b = Date.now();',
      'Date.now',
    ],
    ['an untyped value', 'src/jobs/loose.ts', 'export const c: any = 1;', 'no-explicit-any'],
    ['a non-null assertion', 'bots/force.ts', 'export const d = (x?: string) => x!;', 'no-non-null'],
    ['a line on the console', 'src/web/say.ts', "console.log('x');", 'no-console'],
    ['a test without an assertion', 'test/unit/empty.spec.ts', "it('holds', () => {});", 'expect-expect'],
    [
      'a focused test',
      'test/unit/only.spec.ts',
      "it.only('x', () => expect(1).toBe(1));",
      'no-focused-tests',
    ],
  ])('report %s', async (_what, file, text, rule) => {
    expect((await lint(file, `${text}\n`)).toLowerCase()).toContain(rule.toLowerCase());
  });

  it.each([
    ['the environment read in environment.ts', 'src/config/environment.ts', 'export const a = process.env;'],
    ['the wall clock read in system-clock.ts', 'src/jobs/system-clock.ts', 'export const b = Date.now();'],
    ['console output of a script', 'scripts/say.mjs', "console.log('x');"],
  ])('allow %s', async (_what, file, text) => {
    expect(await lint(file, `${text}\n`)).toContain('0 problems');
  });

  /** @returns the linter's output for a project with only this file */
  async function lint(file: string, text: string): Promise<string> {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
    const args = [resolve('node_modules/oxlint/bin/oxlint'), '--format', 'unix', '.'];
    const run = execute(process.execPath, args, { cwd: root });
    return run.then(({ stdout }) => `${stdout}0 problems`).catch(outputOf);
  }
});

function outputOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'stdout' in error) return String(error.stdout);
  throw error;
}
