import { areRandom } from '../../../src/scraping/random-results.js';
import { SEARCHES, type Searched, titlesAbout, titlesAboutAnything } from '../../support/searched-words.js';

type Results = Parameters<typeof areRandom>[0];

/** Results with meaningless addresses. */
const titled = (titles: readonly (string | null)[]): Results =>
  titles.map((title, n) => ({
    title,
    pageUrl: `https://site${n}.example/p/${n * 7919}`,
    imageUrl: `https://cdn${n % 9}.example/${(n * 104_729).toString(36)}.jpg`,
  }));
const COUNTS = [20, 35, 100];
const othersOf = (one: Searched): Searched[] =>
  SEARCHES.filter((other) => other.script === one.script && other !== one);

describe('results of a search', () => {
  it('are never random if they have the words, or another name of the same thing, in any of ten scripts', () => {
    expect(new Set(SEARCHES.map(({ script }) => script)).size).toBe(10);
    expect(SEARCHES.length).toBeGreaterThanOrEqual(200);
    const wrong = SEARCHES.flatMap(({ query, called }) =>
      [[query], called, [query, ...called]].flatMap((names) =>
        COUNTS.filter((count) => areRandom(titled(titlesAbout(names, count)), query)).map(
          (count) => `${query}: ${count} about ${names.join(', ')}`,
        ),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('are mostly found to be random if each is about something else', () => {
    const found = SEARCHES.filter((one) => areRandom(titled(titlesAboutAnything(othersOf(one))), one.query));
    expect(found.length / SEARCHES.length).toBeGreaterThan(0.85);
  });

  const ANYTHING = titlesAboutAnything(SEARCHES.filter(({ script }) => script === 'Latin').slice(10));

  it.each([
    ['few', 'volcanic eruption', ANYTHING.slice(0, 19)],
    ['without titles', 'volcanic eruption', ANYTHING.map((title, n) => (n < 16 ? null : title))],
    ['for an emoji', '🐼', ANYTHING],
    ['for several emoji', '🐼🎋 ❤️', ANYTHING],
    ['for signs', '?! «»', ANYTHING],
    ['for two letters', 'Ox', ANYTHING],
    ['for a number of one digit', '7', ANYTHING],
    ['for pictures of anything', 'free stock photos', ANYTHING],
    ['for words in other letters', 'красная панда', ANYTHING],
    ['for signs without spaces', '小熊猫', ANYTHING],
    ['with a few that fit', 'volcanic eruption', [...ANYTHING.slice(2), 'A volcano', 'Volcanoes']],
    ['with misspelt words', 'rde padna', [...ANYTHING.slice(2), 'The panda', 'Panda facts']],
    [
      'with the initials',
      'lotr',
      [...ANYTHING.slice(2), 'The Lord of the Rings', 'Lord Of The Rings poster'],
    ],
    ['with its parts', 'RTX4090', [...ANYTHING.slice(2), 'Nvidia RTX 4090 box', 'GeForce RTX-4090']],
    ['in letters of ASCII', 'Zürich', [...ANYTHING.slice(2), 'Zuerich by night', 'Lake of Zurich']],
  ])('are not judged, or not random, %s', (_what, query, titles) => {
    expect(areRandom(titled(titles), query)).toBe(false);
  });

  it('are judged by their addresses too', () => {
    expect(areRandom(titled(ANYTHING), 'volcanic eruption')).toBe(true);
    const inPages = titled(ANYTHING).map((one, n) => ({
      ...one,
      pageUrl: `https://a.example/volcanic-eruption/${n}`,
    }));
    expect(areRandom(inPages, 'volcanic eruption')).toBe(false);
    const escaped = titled(
      titlesAboutAnything(SEARCHES.filter(({ script }) => script === 'Cyrillic').slice(2)),
    );
    expect(areRandom(escaped, 'красная панда')).toBe(true);
    const imageUrl = `https://a.example/${encodeURIComponent('красная-панда')}.jpg`;
    expect(
      areRandom(
        escaped.map((one) => ({ ...one, imageUrl })),
        'красная панда',
      ),
    ).toBe(false);
  });
});
