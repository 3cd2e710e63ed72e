import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { withSettingsTable } from '../../support/settings-table.js';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md'];
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

describe('the README', () => {
  it('lists every setting as it is declared (UPDATE_README=1 npm test -- test/unit/readme writes it)', () => {
    const readme = readFileSync('README.md', 'utf8');
    const wanted = withSettingsTable(readme);
    if (process.env['UPDATE_README'] === '1') writeFileSync('README.md', wanted);
    else expect(readme).toBe(wanted);
    expect(wanted).toContain('| `PORT` ');
  });
});

describe.each(DOCUMENTS)('%s', (file) => {
  const text = readFileSync(file, 'utf8');

  it('names only commands that exist', () => {
    const named = [...text.matchAll(/(?:`|^)npm (?:run )?([a-z][a-z:]*)/gm)].map(([, name]) => name ?? '');
    const unknown = named.filter((name) => !(name in scripts) && name !== 'ci');
    expect(named.length).toBeGreaterThan(0);
    expect(unknown).toEqual([]);
  });

  it('links only to files that are there', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path ?? '');
    expect(links.filter((path) => !existsSync(path))).toEqual([]);
  });
});

it('every command of package.json stands in the README or in CONTRIBUTING', () => {
  const text = DOCUMENTS.map((file) => readFileSync(file, 'utf8')).join('\n');
  const missing = Object.keys(scripts).filter((name) => !new RegExp(`npm (?:run )?${name}\\b`).test(text));
  expect(missing).toEqual([]);
});
