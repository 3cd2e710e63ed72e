import { choicesOf } from '../../../../src/jobs/request/request-fields.js';
import type { Output } from '../../../../src/jobs/request/output.js';
import { entryNamer } from '../../../../src/zipping/entry-names.js';
import type { KeptImage } from '../../../../src/zipping/kept-image.js';
import { LAYOUTS, placer } from '../../../../src/zipping/layouts/layouts.js';
import { keptImage } from '../../../support/images/kept-images.js';
import { fc } from '../../../support/properties.js';
import { sampleRequest } from '../../../support/sample-jobs.js';

const ANY_TEXT = fc.string({ unit: 'binary', minLength: 1, maxLength: 100 });
const OUTPUT: fc.Arbitrary<Output> = fc.record(
  {
    layout: fc.constantFrom(...choicesOf('layout')),
    validation: fc.integer({ min: 1, max: 50 }),
    seed: fc.nat(),
    namePattern: fc.constantFrom('{title}', '{query}', '{number}'),
  },
  { requiredKeys: ['layout'] },
);
const NAMES = fc.array(ANY_TEXT, { minLength: 1, maxLength: 8 });

/** Images of these queries and titles. */
function imagesOf(titles: readonly (readonly [query: number, title: string])[]): KeptImage[] {
  return titles.map(([query, title], at) => keptImage(at, Buffer.from(String(at)), { query, title }));
}

function requestOf(names: readonly string[], output: Output) {
  const queries = names.map((text) => ({ text, count: 1 }));
  return sampleRequest(0, { queries, output });
}

describe('the layouts', () => {
  it('are those that can be asked for', () => {
    expect(Object.keys(LAYOUTS)).toEqual(choicesOf('layout'));
  });

  it('give short safe paths within the archive that differ ignoring case', () => {
    const titles = fc.array(fc.tuple(fc.nat({ max: 7 }), ANY_TEXT), { maxLength: 20 });
    fc.assert(
      fc.property(NAMES, OUTPUT, titles, (names, output, listed) => {
        const kept = imagesOf(listed.map(([query, title]) => [query % names.length, title]));
        const placeOf = placer(kept, requestOf(names, output));
        const nameOf = entryNamer({ count: kept.length, query: 'q', pattern: output.namePattern });
        const paths = kept.map((image) => {
          const { folder, facts } = placeOf(image);
          return (
            folder + nameOf({ candidate: image.candidate, query: facts.query, file: image.outcome.file })
          );
        });
        expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(kept.length);
        for (const path of paths) expect(path).toMatch(/^(?:[\w+#][\w+#-]*\/){0,2}[\w-]+\.jpg$/);
        for (const path of paths) expect(path.length).toBeLessThanOrEqual(160);
      }),
    );
  });

  it('split the images of each query alone, in the same way in any order', () => {
    const kept = imagesOf(Array.from({ length: 30 }, (_, at) => [at % 3, 'x']));
    const request = requestOf(['a', 'b', 'c'], { layout: 'folders', validation: 20, seed: 5 });
    const foldersOf = (images: readonly KeptImage[]): string[] => {
      const placeOf = placer(images, request);
      return kept.map((image) => placeOf(image).folder);
    };
    const folders = foldersOf(kept);
    expect(foldersOf(kept.toReversed())).toEqual(folders);
    for (const name of ['a', 'b', 'c'])
      expect(folders.filter((folder) => folder === `validation/${name}/`)).toHaveLength(2);
  });

  it('put a single query into one class, without facts of it in the manifest', () => {
    const [image] = imagesOf([[0, 'x']]);
    const request = sampleRequest(0, { output: { layout: 'folders' } });
    const place = image === undefined ? null : placer([image], request)(image);
    expect(place).toEqual({ folder: 'red_panda/', facts: {} });
  });
});
