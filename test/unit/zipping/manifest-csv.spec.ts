import { manifestCsv } from '../../../src/zipping/manifest-csv.js';
import { type ManifestFile } from '../../../src/zipping/manifest.js';
import { parseCsv } from '../../support/parse-csv.js';
import { fc } from '../../support/properties.js';

const FILE: ManifestFile = {
  file: '001-panda.jpg',
  url: 'https://a.example/1.jpg',
  page: 'https://a.example/',
  title: 'Panda',
  site: 'A',
  licence: { name: 'CC BY 4.0', url: 'https://cc.example/', credit: 'Ann' },
  attribution: '“Panda” by Ann',
  engine: 'google',
  foundBy: 'panel',
  format: 'webp',
  width: 800,
  height: 600,
  bytes: 1234,
  sha256: 'ab'.repeat(32),
  original: { format: 'png', width: 1600, height: 1200, bytes: 9999, sha256: 'cd'.repeat(32) },
  note: null,
};

function csvOf(changes: Partial<ManifestFile>): string {
  const parts = manifestCsv({
    query: 'panda',
    filters: {},
    output: null,
    timeZone: 'UTC',
    askedFor: 1,
    delivered: 1,
    shortfall: [],
    engines: [],
    dueAt: '',
    startedAt: null,
    packedAt: '',
    files: [{ ...FILE, ...changes }],
  });
  return [...parts].join('');
}

const cell = (csv: string, name: string): string => {
  const [header = [], row = []] = parseCsv(csv.slice(1));
  return row[header.indexOf(name)] ?? '';
};

describe('manifestCsv', () => {
  it('begins with a byte order mark, so that Excel reads UTF-8', () => {
    expect(csvOf({ title: '熊猫' }).charCodeAt(0)).toBe(0xfeff);
  });

  it('has no cell longer than a spreadsheet holds, whatever is escaped in it', () => {
    const csv = csvOf({
      title: 'a'.repeat(1_000_000),
      attribution: ';='.repeat(30_000),
      page: ';='.repeat(30_000),
    });
    for (const name of ['title', 'attribution', 'page']) {
      expect(cell(csv, name)).toHaveLength(32_767);
      expect(cell(csv, name)).toMatch(/…$/);
    }
  });

  it('has a header and one line per file', () => {
    expect(parseCsv(csvOf({}).slice(1))).toEqual([
      // prettier-ignore
      ['number', 'file', 'url', 'page', 'title', 'site', 'licence', 'licence_url', 'credit', 'attribution', 'engine', 'found_by', 'format', 'width', 'height', 'bytes', 'sha256', 'original_format', 'original_width', 'original_height', 'original_bytes', 'original_sha256', 'note'],
      // prettier-ignore
      ['1', FILE.file, FILE.url, FILE.page, 'Panda', 'A', 'CC BY 4.0', 'https://cc.example/', 'Ann', '“Panda” by Ann', 'google', 'panel', 'webp', '800', '600', '1234', FILE.sha256, 'png', '1600', '1200', '9999', 'cd'.repeat(32), ''],
    ]);
  });

  it('leaves unknown values empty', () => {
    const csv = csvOf({ url: null, title: null, licence: null });
    expect(['url', 'title', 'licence', 'credit'].map((name) => cell(csv, name))).toEqual(['', '', '', '']);
  });

  it('keeps quotes, commas and line breaks inside their cell', () => {
    expect(cell(csvOf({ title: 'a "b", c\r\nd' }), 'title')).toBe('a "b", c d');
  });

  it.each([
    '=1+1',
    '+cmd',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r\n=1',
    ' =1',
    '"=1',
    '＝1+1',
    '|calc',
    '=HYPERLINK("https://evil.example";"x")',
  ])('does not let a spreadsheet run the title %j', (title) => {
    expect(cell(csvOf({ title }), 'title').trimStart()).toMatch(/^"?'/);
  });

  it('does not let a spreadsheet that splits at semicolons run the text after a semicolon', () => {
    expect(cell(csvOf({ title: 'a;=1+1' }), 'title')).toBe("a;'=1+1");
    expect(cell(csvOf({ url: 'https://a.example/x;=1.jpg' }), 'url')).toBe('https://a.example/x%3B=1.jpg');
  });

  it('never has a cell that begins like a formula, split at commas or semicolons, for any texts', () => {
    const text = fc.string({ unit: fc.constantFrom(...'=+-@;,"\'\t\n ab|%'), maxLength: 20 });
    fc.assert(
      fc.property(text, text, (title, site) => {
        const csv = csvOf({ title, site });
        const cells = parseCsv(csv.slice(1)).flat();
        expect(cells.filter((value) => /^\s*[=+\-@|%]/.test(value))).toEqual([]);
        expect(csv.split(/[;\t\r\n]/).filter((value) => /^[\s"]*[=+\-@|%]/.test(value))).toEqual([]);
      }),
    );
  });
});
