import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import {
  describeWithDatasets,
  type LoadedArchive,
  loadArchives,
} from '../../../support/training/load-archives.js';
import {
  CLASSES,
  packTraining,
  TITLES,
  trainingImages,
} from '../../../support/training/training-archives.js';
import { openZip } from '../../../support/zip-contents.js';

/** The layouts under test, by the number of their archive. */
const OUTPUTS = [
  { layout: 'folders' },
  { layout: 'folders', validation: 25, seed: 7 },
  { layout: 'huggingface' },
  { layout: 'huggingface', validation: 25, seed: 7 },
] as const;
const FOLDERS = ['2024-01-01', 'C', 'C#', 'C++', 'XiongMao', 'class', 'con_', 'qth', 'red_panda'];
const CAPTION = [TITLES[0], TITLES[1], `Line one line two tab 🦊, "quoted", it's`];

describe('archives for training', () => {
  let folder: string;
  let archives: string[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'image-job-training-'));
    // ImageFolder and Keras do not read all formats.
    const [plain, mixed] = await Promise.all([
      trainingImages(['jpeg', 'png', 'jpeg', 'png']),
      trainingImages(['gif', 'avif', 'webp', 'jpeg']),
    ]);
    archives = await Promise.all(
      OUTPUTS.map((output, epoch) =>
        packTraining(folder, epoch + 1, output, output.layout === 'folders' ? plain : mixed),
      ),
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function textIn(archive: number, name: string): Promise<string> {
    const entries = await openZip(archives[archive] ?? '');
    return String(entries.find((entry) => entry.name === name)?.bytes);
  }

  it('list the exact names of the classes, in the order of their numbers', async () => {
    const classes: unknown = JSON.parse(await textIn(0, 'classes.json'));
    const named = FOLDERS.map((name, index) =>
      expect.objectContaining({ index, folder: name, images: TITLES.length }),
    );
    const nothing = { index: null, folder: null, name: 'unicorn', query: 'unicorn', images: 0 };
    expect(classes).toEqual([...named, nothing]);
    expect(classes).toContainEqual(
      expect.objectContaining({ folder: 'red_panda', name: 'red panda', query: 'photo of a red panda' }),
    );
  });

  it.each([0, 1, 2, 3])('have their own files at the top and no path twice (archive %i)', async (archive) => {
    const names = (await openZip(archives[archive] ?? '')).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['manifest.csv', 'manifest.json', 'index.html', 'shortfall.txt']),
    );
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^(?:[\w+#-]+\/){0,2}[\w-]+\.[a-z]+$/);
  });

  describeWithDatasets((python) => {
    let loaded: readonly (LoadedArchive | undefined)[];
    beforeAll(async () => {
      const unpacked = await mkdtemp(join(folder, 'unpacked-'));
      const byName = await loadArchives(python, unpacked, archives);
      loaded = archives.map((path) => byName[basename(path, '.zip')]);
    });

    it('have a folder for each class, as ImageFolder and Keras read them', () => {
      expect(loaded[0]?.classes).toEqual({ all: Object.fromEntries(FOLDERS.map((name) => [name, 4])) });
      expect(Object.keys(loaded[0]?.classes?.['all'] ?? {})).toEqual(FOLDERS);
    });

    it('have the same classes in both parts', () => {
      expect(loaded[1]?.classes).toEqual({
        train: Object.fromEntries(FOLDERS.map((name) => [name, 3])),
        validation: Object.fromEntries(FOLDERS.map((name) => [name, 1])),
      });
    });

    it('give captions, labels, sources and licences as texts', () => {
      const { rows = [], types } = loaded[2]?.parts?.['train'] ?? {};
      expect(Object.keys(loaded[2]?.parts ?? {})).toEqual(['train']);
      const columns = ['text', 'label', 'query', 'source', 'url', 'licence', 'licence_url', 'credit'];
      expect(types).toEqual({
        image: expect.stringMatching(/^Image/),
        ...Object.fromEntries(columns.map((name) => [name, "Value('string')"])),
      });
      const expected = CLASSES.slice(0, -1).flatMap((one, query) =>
        [...CAPTION, one.name ?? one.text].map((text, at) => ({
          image: [16 + query, 12],
          text: text === '2024-01-01' ? `${text} ` : text,
          label: one.text === '2024-01-01' ? `${one.text} ` : (one.name ?? one.text),
          licence: at === 0 ? 'CC BY 4.0' : '',
          credit: at === 0 ? 'Ann "A"' : '',
        })),
      );
      expect(rows).toMatchObject(expected);
    });

    it('give the parts of the split, whatever the titles say', () => {
      const parts = Object.entries(loaded[3]?.parts ?? {});
      expect(parts.map(([name, { rows }]) => [name, rows.length])).toEqual([
        ['train', 27],
        ['validation', 9],
      ]);
    });
  });
});
