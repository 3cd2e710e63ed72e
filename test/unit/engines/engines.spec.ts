import { existsSync, readFileSync } from 'node:fs';
import { PURE_FILES } from '../../../.dependency-cruiser.mjs';
import { engineSettings, engineUrls, missingKeys } from '../../../src/config/engine-settings.js';
import { parseSettings } from '../../../src/config/parse-settings.js';
import { SETTINGS } from '../../../src/config/settings.js';
import { type Engine, ENGINE_NAMES, ENGINES, enginesOfKind } from '../../../src/engines/engines.js';
import { hopelessFilters, unsupportedFilters } from '../../../src/jobs/request/unsupported-filters.js';
import { engineWording, filterPhrase } from '../../../src/jobs/wording/filter-wording.js';
import type { FieldTable } from '../../../src/jobs/request/request-field.js';
import { type FilterField, REQUEST_FIELDS } from '../../../src/jobs/request/request-fields.js';
import { IMAGE_SOURCE_CLASSES } from '../../../src/scraping/image-sources.js';
import { readEngines } from '../../../src/validation/read-lists.js';
import { ENGINES_NOWHERE } from '../../replica/engine-origins.ts';
import { imageSources } from '../../support/image-sources.js';

const KEYED: Readonly<Record<string, Engine>> = {
  flickr: {
    label: 'Flickr',
    baseUrl: 'https://api.flickr.test',
    key: 'API key',
    kind: 'collection',
    cannotFilter: {},
    hasNone: {},
  },
};

describe('the table of engines', () => {
  it('has a source for every engine and an engine for every source, in its order', async () => {
    const names = (await imageSources()).map(({ name }) => name);
    expect(names).toEqual(ENGINE_NAMES);
    expect(IMAGE_SOURCE_CLASSES).toHaveLength(ENGINE_NAMES.length);
  });

  it('gives every engine a setting of its address, which the replica replaces', () => {
    const names = ENGINE_NAMES.map((name) => SETTINGS[`${name}Url`].name);
    expect(Object.keys(ENGINES_NOWHERE)).toEqual(names);
    expect(new Set(Object.values(ENGINES_NOWHERE))).toEqual(new Set(['http://127.0.0.1:1']));
    const { settings } = parseSettings(ENGINES_NOWHERE);
    for (const kind of ['web', 'collection'] as const)
      expect(engineUrls(settings, kind)).toEqual(enginesOfKind(kind).map(() => 'http://127.0.0.1:1'));
  });

  it('asks by default every engine that needs no key', () => {
    const keyless = ENGINE_NAMES.filter((name) => ENGINES[name].key === undefined);
    expect(parseSettings({}).settings.engines).toEqual(keyless);
  });

  it('gives every engine its label, and reads every name that people use for it', () => {
    for (const name of ENGINE_NAMES) {
      expect(engineWording(name)).toBe(ENGINES[name].label);
      for (const said of [name, name.toUpperCase(), ...(ENGINES[name].alsoCalled ?? [])])
        expect(readEngines(said, ENGINE_NAMES)).toMatchObject({ value: [name] });
    }
  });

  it.each(ENGINE_NAMES)('lists for %s only filters and values that can be asked for', async (name) => {
    const { cannotFilter, hasNone } = ENGINES[name];
    const source = (await imageSources()).find((candidate) => candidate.name === name);
    for (const [listed, find, handling] of [
      [cannotFilter, unsupportedFilters, 'unsupported'],
      [hasNone, hopelessFilters, 'hopeless'],
    ] as const)
      for (const [filter, values] of Object.entries(listed)) {
        const fields: FieldTable = REQUEST_FIELDS;
        const field = fields[filter];
        const possible = field?.kind === 'choice' ? Object.keys(field.choices) : [];
        for (const value of values === 'all' ? possible : values) {
          expect(possible).toContain(value);
          const filters = { [filter]: value };
          expect(filterPhrase(filter as FilterField, filters)).not.toBeNull();
          expect(find(name, filters)).toEqual([filter]);
          expect(source?.plan(filters).support).toEqual({ [filter]: handling });
        }
      }
  });

  it.each(ENGINE_NAMES)('names %s like its folder, whose filters are among the pure files', (name) => {
    const file = `src/scraping/${name}/${name}-filters`;
    expect(existsSync(`${file}.ts`)).toBe(true);
    expect(PURE_FILES.some((pattern) => new RegExp(`^${pattern}$`).test(file))).toBe(true);
    expect(readFileSync('README.md', 'utf8')).toContain(`\`${name.toUpperCase()}_URL\``);
  });
});

describe('an engine that needs a key', () => {
  it('has a secret setting for it', () => {
    const settings = Object.fromEntries(engineSettings(KEYED));
    expect(settings['flickrKey']).toMatchObject({
      name: 'FLICKR_KEY',
      fallback: null,
      about: 'API key',
      isSecret: true,
    });
    expect(settings['flickrUrl']).toMatchObject({ name: 'FLICKR_URL', fallback: 'https://api.flickr.test' });
  });

  it('is refused at the start where it is to be asked and the key is missing', () => {
    const engines = ['google', 'flickr'];
    expect(missingKeys({ engines, flickrKey: null }, KEYED)).toEqual(['ENGINES: "flickr" needs FLICKR_KEY.']);
    expect(missingKeys({ engines, flickrKey: 'abc' }, KEYED)).toEqual([]);
    expect(missingKeys({ engines: ['google'], flickrKey: null }, KEYED)).toEqual([]);
  });
});
