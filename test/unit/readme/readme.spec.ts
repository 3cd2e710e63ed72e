import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { withSettingsTable } from '../../support/settings-table.js';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md'];
type Named = Readonly<Record<string, string>>;
const { scripts, dependencies, devDependencies, optionalDependencies } = JSON.parse(
  readFileSync('package.json', 'utf8'),
) as Readonly<Record<'scripts' | 'dependencies' | 'devDependencies' | 'optionalDependencies', Named>>;

describe('the README', () => {
  it('lists every setting as declared (UPDATE_README=1 npm test -- test/unit/readme writes it)', () => {
    const readme = readFileSync('README.md', 'utf8');
    const wanted = withSettingsTable(readme);
    if (process.env['UPDATE_README'] === '1') writeFileSync('README.md', wanted);
    else expect(readme).toBe(wanted);
    expect(wanted).toContain('| `PORT` ');
  });

  it('gives the purpose of every package', () => {
    const readme = readFileSync('README.md', 'utf8');
    const table = readme.slice(readme.indexOf('## Packages'));
    const packages = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    const unnamed = packages.filter((name) => !name.startsWith('@types/') && !table.includes(`\`${name}\``));
    expect(unnamed).toEqual([]);
  });

  it('shows pictures of at most 200 kB', () => {
    const pictures = [...readFileSync('README.md', 'utf8').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)];
    const sizes = pictures.map(([, path = '']) => statSync(path).size);
    expect(sizes.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...sizes)).toBeLessThan(200_000);
  });
});

describe.each(DOCUMENTS)('%s', (file) => {
  const text = readFileSync(file, 'utf8');

  it('names only commands that exist', () => {
    const named = [...text.matchAll(/(?:`|^)npm (?:run (?:-s )?)?([a-z][a-z:]*)/gm)].map(
      ([, name]) => name ?? '',
    );
    const unknown = named.filter((name) => !(name in scripts) && name !== 'ci');
    expect(named.length).toBeGreaterThan(0);
    expect(unknown).toEqual([]);
  });

  it('links only to existing files', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path ?? '');
    expect(links.filter((path) => !existsSync(path))).toEqual([]);
  });
});

it('every command of package.json is in the README or in CONTRIBUTING', () => {
  const text = DOCUMENTS.map((file) => readFileSync(file, 'utf8')).join('\n');
  const missing = Object.keys(scripts).filter((name) => !new RegExp(`npm (?:run )?${name}\\b`).test(text));
  expect(missing).toEqual([]);
});
