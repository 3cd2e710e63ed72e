import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import config from '../../../.dependency-cruiser.mjs';
import { ALLOWED, PLANTED, WAY_BACK, type Planted } from './planted-imports.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('the boundaries between rooms', () => {
  let found: readonly Planted[];
  beforeAll(async () => {
    found = await violationsOf([...PLANTED, WAY_BACK]);
  }, 120_000);

  it.each(PLANTED)('report by rule $rule that $from imports $to', (planted) => {
    expect(found.filter(({ rule }) => rule === planted.rule)).toContainEqual(planted);
  });

  it('have a planted violation for every rule', () => {
    const names = (config.forbidden ?? []).map(({ name }) => name);
    expect(names.filter((name) => !PLANTED.some(({ rule }) => rule === name))).toEqual([]);
  });

  it('report nothing if every import is allowed', async () => {
    expect(await violationsOf(ALLOWED)).toEqual([]);
  }, 120_000);
});

/** Writes a project with exactly these imports and checks it with our rules. */
async function violationsOf(imports: readonly Planted[]): Promise<readonly Planted[]> {
  const root = mkdtempSync(join(tmpdir(), 'image-job-boundaries-'));
  folders.push(root);
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, 'package.json'), '{"type":"module","devDependencies":{"typescript":"*"}}');
  writeFileSync(join(root, 'tsconfig.json'), '{"compilerOptions":{"module":"nodenext"}}');
  for (const [file, text] of filesWith(imports)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const { forbidden, options } = config;
  const result = await cruise(['src', 'bots'], {
    ...options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: forbidden ?? [] },
  });
  return violationsIn(result.output);
}

function violationsIn(output: ICruiseResult | string): Planted[] {
  if (typeof output === 'string') throw new Error(output);
  return output.summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    from,
    to: to.replace(/^(?:\.\.\/)*.*node_modules\/([^/]+)\/.*$/, '$1'),
  }));
}

/** Each named `.ts` file, with its imports. */
function filesWith(imports: readonly Planted[]): Map<string, string> {
  const files = new Map<string, string>();
  const add = (file: string, line: string): Map<string, string> =>
    files.set(file, `${files.get(file) ?? 'export const here = 1;\n'}${line}`);
  for (const { from, to } of imports) {
    const isLocal = to.endsWith('.ts');
    if (isLocal) add(to, '');
    add(from, `import '${isLocal ? specifier(from, to) : to}';\n`);
  }
  return files;
}

function specifier(from: string, to: string): string {
  const path = relative(dirname(from), to).replace(/\.ts$/, '.js');
  return path.startsWith('.') ? path : `./${path}`;
}
