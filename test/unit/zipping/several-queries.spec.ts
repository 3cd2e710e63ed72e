import { sampleManifest } from '../../support/sample-manifest.js';
import { companionsOf } from '../../../src/zipping/companions.js';
import type { Manifest } from '../../../src/zipping/manifest.js';
import { parseCsv } from '../../support/parse-csv.js';
import { fc } from '../../support/properties.js';

async function textsOf(manifest: Manifest): Promise<Readonly<Record<string, string>>> {
  const entries = await companionsOf(manifest);
  return Object.fromEntries(entries.map(({ name, bytes }) => [name, String(bytes)]));
}

describe('the files of an archive with several queries', () => {
  it('tell the query, the name and the part of each image', async () => {
    const { 'manifest.csv': csv = '' } = await textsOf(sampleManifest({ layout: 'folders', validation: 50 }));
    const [columns = [], ...rows] = parseCsv(csv.slice(1));
    expect(columns.slice(-3)).toEqual(['query', 'name', 'split']);
    expect(rows.map((row) => row.slice(-3))).toEqual([
      ['photo of a cat', 'cat', 'train'],
      ['C#', 'C#', 'validation'],
    ]);
  });

  it('write the manifest as JSON does', async () => {
    const manifest = sampleManifest({}, { title: 'a\u2028b\n"files": []' });
    for (const files of [manifest.files, []]) {
      const { 'manifest.json': json } = await textsOf({ ...manifest, files });
      expect(json).toBe(`${JSON.stringify({ ...manifest, files }, null, 2)}\n`);
    }
  });

  it('have no such columns for a single query', async () => {
    const { queries: _queries, ...single } = sampleManifest({});
    const files = single.files.map(({ query: _query, name: _name, split: _split, ...file }) => file);
    const { 'manifest.csv': csv = '', 'index.html': sheet = '' } = await textsOf({ ...single, files });
    expect(csv.split('\r\n')[0]).toMatch(/"note"$/);
    expect(sheet).not.toMatch(/<nav|<section|<h2/);
  });

  it('show the pictures of each query below its heading, with links to them', async () => {
    const { 'index.html': sheet = '' } = await textsOf(sampleManifest({ layout: 'folders' }));
    expect(sheet).toContain('<title>“photo of a cat” and 2 more: 2 images</title>');
    expect(sheet).toContain('<a href="#q2"><bdi>C#</bdi></a> (1)');
    expect(sheet.indexOf('<section id="q2">')).toBeLessThan(sheet.indexOf('src="train/C%23/002-b.jpg"'));
    expect(sheet).toContain('<bdi>photo of a cat</bdi> · 1 image of 2 asked for');
    expect(sheet).toContain('data="train/C%23/002-b.jpg"');
  });

  it('say what is missing in sum and by query', async () => {
    const { 'shortfall.txt': text = '' } = await textsOf(sampleManifest({}));
    expect(text).toContain('2 of 5 images of “photo of a cat” and 2 more could be delivered.');
    expect(text).toMatch(/cat: 1 of 2\r\n {5}1 x .+\r\n\r\nunicorn: 0 of 2\r\n {5}2 x/);
    expect(text).not.toContain('C#: 1 of 1');
  });

  it('describe only the images that are in the archive', async () => {
    const manifest = sampleManifest({ layout: 'folders' });
    const files = manifest.files.slice(1);
    const { 'classes.json': classes = '', 'index.html': sheet } = await textsOf({ ...manifest, files });
    expect(sheet).toContain('<bdi>photo of a cat</bdi> · 0 chosen of 1 image of 2 asked for');
    expect(JSON.parse(classes)).toEqual([
      { index: 0, folder: 'C#', name: 'C#', query: 'C#', images: 1 },
      { index: null, folder: null, name: 'cat', query: 'photo of a cat', images: 0 },
      { index: null, folder: null, name: 'unicorn', query: 'unicorn', images: 0 },
    ]);
  });

  it('give captions of any text as one line of JSON for each image', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constant('\uD800'),
    );
    await fc.assert(
      fc.asyncProperty(text, fc.option(text), async (title, credit) => {
        const manifest = sampleManifest(
          { layout: 'huggingface' },
          { title, licence: { name: null, url: null, credit } },
        );
        const { 'train/metadata.jsonl': lines = '' } = await textsOf(manifest);
        expect(lines.split(/[\r\n\u0085\u2028\u2029]/u)).toHaveLength(3);
        const rows = lines
          .trimEnd()
          .split('\n')
          .map((line): unknown => JSON.parse(line));
        expect(rows).toMatchObject([{ file_name: '001-a.jpg', label: 'cat' }, { file_name: '002-b.jpg' }]);
        for (const value of rows.flatMap((row) => Object.values(Object(row))))
          expect(value).toEqual(expect.any(String));
      }),
    );
  });

  it('take the name of the query for a caption if there is no title', async () => {
    const manifest = sampleManifest({ layout: 'huggingface' }, { title: ' \n ' });
    expect((await textsOf(manifest))['train/metadata.jsonl']).toContain('"text":"cat","label":"cat"');
  });
});
