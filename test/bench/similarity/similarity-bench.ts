import { CHANGES } from '../../support/images/similarity/changes.ts';
import { FAMILIES, pictureOf } from '../../support/images/similarity/families.ts';
import { PATTERNS, patternOf } from '../../support/images/similarity/patterns.ts';
import { realPictures } from '../../support/images/similarity/real-pictures.ts';
import type { Features } from '../../../src/imaging/similarity/features.js';
import { atLeast, atMost, type Bench, type BenchContext, type BenchResult } from '../bench.ts';
import { type BuiltSimilarity, builtSimilarity } from './built-similarity.ts';

/** Number of pictures of each kind to compare with each other, and how many of them to change. */
const EACH = 60;
const CHANGED = 10;
const OF_PATTERN = 8;
/** Kinds with only fine lines, all of which a crop moves. */
const FINE = new Set(['line art', 'page of text', 'text card']);
const isCrop = (change: string): boolean => change.includes('cut');

interface Kind {
  readonly name: string;
  readonly images: readonly Buffer[];
  readonly features: readonly Features[];
}

interface Share {
  readonly hits: number;
  readonly of: number;
}

/**
 * N1: near duplicates, on generated pictures and, if `REAL_PAGES_DIR` is set, on thumbnails of saved pages.
 */
export const similarityBench: Bench = {
  ids: ['N1'],
  async run({ say, folder }) {
    const built = await builtSimilarity(folder);
    try {
      return await compare(built, say);
    } finally {
      built.close();
    }
  },
};

async function compare(built: BuiltSimilarity, say: BenchContext['say']): Promise<BenchResult[]> {
  say(`comparing ${EACH} pictures of ${Object.keys(FAMILIES).length} kinds each`);
  const made = await Promise.all(
    Object.keys(FAMILIES).map((name) =>
      kindOf(
        name,
        Array.from({ length: EACH }, (_picture, index) => pictureOf(name, index)),
        built,
      ),
    ),
  );
  const patterned = await Promise.all(
    Object.keys(PATTERNS).map((name) =>
      kindOf(
        name,
        Array.from({ length: OF_PATTERN }, (_picture, index) => patternOf(name, index)),
        built,
      ),
    ),
  );
  const pages = process.env['REAL_PAGES_DIR'];
  if (pages === undefined) say('REAL_PAGES_DIR is not set: no real pictures');
  const real = pages === undefined ? [] : await realPictures(pages);
  const realKind = await kindOf(
    'real',
    real.map((image) => Promise.resolve(image)),
    built,
  );
  const coarse = made.filter(({ name }) => !FINE.has(name));
  const fine = made.filter(({ name }) => FINE.has(name));
  const all = Object.keys(CHANGES);
  const crops = all.filter(isCrop);
  const others = all.filter((change) => !isCrop(change));
  return [
    recall('generated: encoded again, scaled, other tones', await known(made, others, CHANGED, built), 0.97),
    recall('generated, no fine lines: lightly cropped', await known(coarse, crops, CHANGED, built), 0.95),
    recall('generated, fine lines only: lightly cropped', await known(fine, crops, CHANGED, built), 0.3),
    mistaken('generated: different pictures of one kind taken for one', confused(made, built)),
    mistaken('generated: of one pattern, alike but for one place', confused(patterned, built), 9),
    recall(
      'real: encoded again, scaled, other tones',
      await known([realKind], others, Infinity, built),
      0.97,
    ),
    recall('real: lightly cropped', await known([realKind], crops, Infinity, built), 0.9),
    mistaken('real: different pictures taken for one', confused([realKind], built)),
  ];
}

async function kindOf(
  name: string,
  making: readonly Promise<Buffer>[],
  built: BuiltSimilarity,
): Promise<Kind> {
  const images = await Promise.all(making);
  return { name, images, features: await Promise.all(images.map((image) => built.featuresOf(image))) };
}

/** Share of changed pictures that are recognized. */
async function known(
  kinds: readonly Kind[],
  changes: readonly string[],
  most: number,
  { featuresOf, isSamePicture }: BuiltSimilarity,
): Promise<Share> {
  const answers: boolean[] = [];
  for (const { images, features } of kinds)
    for (const [index, image] of images.slice(0, most).entries())
      for (const change of changes) {
        const original = features[index];
        const changed = await CHANGES[change]?.(image);
        if (original !== undefined && changed !== undefined)
          answers.push(isSamePicture(original, await featuresOf(changed)));
      }
  return { hits: answers.filter(Boolean).length, of: answers.length };
}

/** Share of pairs of different pictures, both of one kind, that are mistaken for the same. */
function confused(kinds: readonly Kind[], { isSamePicture }: BuiltSimilarity): Share {
  const answers = kinds.flatMap(({ features }) =>
    features.flatMap((one, index) => features.slice(0, index).map((other) => isSamePicture(one, other))),
  );
  return { hits: answers.filter(Boolean).length, of: answers.length };
}

function recall(what: string, { hits, of }: Share, least: number): BenchResult {
  const figure = of === 0 ? Number.NaN : hits / of;
  return atLeast(
    { id: 'N1', what: `${what} (${of} copies)`, figure, unit: 'known', runs: [{ hits, of }] },
    least,
  );
}

/** @param most allowed pairs, for kinds that some people would call the same */
function mistaken(what: string, { hits, of }: Share, most = 0): BenchResult {
  const figure = of === 0 ? Number.NaN : hits;
  return atMost(
    { id: 'N1', what: `${what} (${of} pairs)`, figure, unit: 'pairs', runs: [{ hits, of }] },
    most,
  );
}
