import { imagesInJsonLd } from '../../../src/downloading/originals/json-ld.js';
import { bytesInDataUrl } from '../../../src/downloading/originals/data-url.js';
import { likeliestOf } from '../../../src/downloading/originals/likeliest.js';
import { imagesOfPage } from '../../../src/downloading/originals/page-images.js';
import { largestOf } from '../../../src/downloading/originals/srcset.js';
import { isOptedOut } from '../../../src/downloading/fetching/robots-tag.js';
import { licenceNameIn } from '../../../src/jobs/wording/licence-name.js';
import { mendedHead } from '../../../src/network/mended-head.js';
import { RedirectCookies } from '../../../src/network/redirect-cookies.js';
import { redact } from '../../../src/operations/redaction.js';
import { bingResults } from '../../../src/scraping/bing/bing-items.js';
import { areRandom } from '../../../src/scraping/random-results.js';
import { readFile } from '../../../src/scraping/commons/commons-files.js';
import { isForEverybody } from '../../../src/scraping/commons/commons-filters.js';
import { readDuckDuckGoAnswer as duckDuckGoAnswer } from '../../../src/scraping/duckduckgo/duckduckgo-answer.js';
import { parseLiteral } from '../../../src/scraping/google/json-values.js';
import { readLicence } from '../../../src/scraping/google/licence.js';
import { recordsInScript } from '../../../src/scraping/google/records.js';
import { googleResults } from '../../../src/scraping/google/results.js';
import { allows } from '../../../src/scraping/licence-terms.js';
import { readOpenverseAnswer as openverseAnswer } from '../../../src/scraping/openverse/openverse-answer.js';
import { plainText, withoutEntities } from '../../../src/scraping/plain-text.js';
import { areRelated } from '../../../src/scraping/related.js';
import { manifestCsv } from '../../../src/zipping/manifest-csv.js';
import { slug } from '../../../src/zipping/slug.js';
import { sampleFacts } from './google/sample-facts.js';

/** Unterminated beginnings, repeated until a parser that starts again at each position never ends. */
const PIECES = [
  'a',
  'a ',
  ' ',
  '<',
  '<a',
  '<a ',
  '<b>',
  '<b></x>',
  '<svg>',
  '<p style="display:',
  '<i style="display:none">',
  '<style',
  '<style>',
  '<!--',
  '<a "',
  'a=1 ',
  '<base href=a/>',
  '&',
  '&#1',
  '&amp;',
  '[',
  '[1,"a",[',
  '{"a":',
  '"',
  '\\"',
  '\\',
  "'",
  ',',
  'a,',
  'a:',
  '.a',
  '-1',
  '1x',
  '=',
  ';=',
  'url(',
  '@',
  'a@',
  'x://',
  '%',
  '\u0301',
  '\u202E',
  '熊',
];
/** Increasing lengths, so that quadratic time is found early. */
const LENGTHS = [6000, 30_000, 200_000];
/** Many times the needed processor time, and a fraction of quadratic time. */
const MOST_CPU_MS = 1500;

const PAGE = new URL('https://site.test/');
const FILE = {
  file: '',
  engine: 'bing',
  foundBy: null,
  format: 'jpeg',
  width: 1,
  height: 1,
  bytes: 1,
  sha256: '',
  original: null,
  note: null,
};
const MANIFEST = {
  query: '',
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
};
const sought = { imageUrl: null, previewUrl: null, claimed: null };

/** Every reader and writer of foreign text. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'the text of HTML': plainText,
  entities: withoutEntities,
  'a srcset': largestOf,
  'a srcset with an end': (text) => largestOf(`${text} b`),
  'a page': (html) => imagesOfPage(html, PAGE),
  'an attribute of a page': (text) => imagesOfPage(`<i style='${text.replaceAll("'", '')}'>`, PAGE),
  'tags of a page': (text) => imagesOfPage(`<i ${text.replaceAll('>', '')}>`, PAGE),
  'JSON-LD': imagesInJsonLd,
  'a list in JSON-LD': (text) => imagesInJsonLd(JSON.stringify({ image: [...text] })),
  'a data address': (text) => bytesInDataUrl(`data:image/png;base64,${text}`),
  'images of a page': (text) =>
    likeliestOf(
      [{ url: PAGE.href, kind: 'shown', width: 0, height: 0, text }],
      { ...sought, title: text },
      5,
    ),
  'a robots tag': isOptedOut,
  'a head of an answer': (text) => mendedHead(`HTTP/1.1 200 OK\r\n${text}\r\n\r\n`),
  'lines of a head': (text) =>
    mendedHead(`HTTP/1.1 200 OK\n${[...text].join('\n ')}\nContent-Length:${text}`),
  'a cookie': (text) => new RedirectCookies().store(PAGE, `a=b${text}c`),
  'what is logged': redact,
  'a script of Google': recordsInScript,
  'a literal': parseLiteral,
  'a literal in a string': (text) => parseLiteral(`["${text}`),
  'a tile of Google': (text) =>
    googleResults({
      ...sampleFacts(),
      tiles: [{ docId: text, pageUrl: text, title: text, previewUrl: text }],
      imageLinks: [`https://google.test/imgres?tbnid=a&imgurl=${text}`],
    }),
  'an item of Bing': (text) =>
    bingResults([{ m: `{${text}`, href: text, previewUrl: text, title: text, facts: text }]),
  'a title of Bing': (text) =>
    bingResults([
      {
        m: JSON.stringify({ murl: PAGE.href, mid: '1', t: text }),
        href: text,
        previewUrl: text,
        title: text,
        facts: '',
      },
    ]),
  'an answer of DuckDuckGo': (text) =>
    duckDuckGoAnswer(
      JSON.stringify({ results: [{ image: PAGE.href, title: text, url: text, image_token: text }] }),
    ),
  'an answer of Openverse': (text) =>
    openverseAnswer({ results: [{ url: PAGE.href, title: text, creator: text, license: text, id: text }] }),
  'a file of Commons': (text) =>
    readFile({ title: text, imageinfo: [{ url: PAGE.href, extmetadata: { Artist: { value: text } } }] }),
  'categories of Commons': isForEverybody,
  'a licence': (text) => allows({ name: text, url: text, credit: null }, 'reuse'),
  'an address of a licence': licenceNameIn,
  'the creators of a record': (text) =>
    readLicence([
      ...Array.from({ length: 11 }, () => null),
      [text, text, 1, text, 0, [text, ...text], text, text],
    ]),
  'titles and a query': (text) =>
    areRelated(
      Array.from({ length: 20 }, () => ({ title: text, pageUrl: text, imageUrl: text })),
      'panda',
    ),
  'titles and a query that may be random': (text) =>
    areRandom(
      Array.from({ length: 100 }, () => ({ title: text, pageUrl: text, imageUrl: text })),
      `${text} pandas`,
    ),
  'a name of a file': (text) => slug(text, 60),
  'a line of a manifest': (text) => {
    const licence = { name: text, url: text, credit: text };
    const stated = { url: text, page: text, title: text, site: text, licence, attribution: text };
    return [...manifestCsv({ ...MANIFEST, files: [{ ...FILE, ...stated }] })].join('');
  },
};

function cpuMsOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('a long text of any kind takes linear time', () => {
  it.each(Object.entries(READERS))('to %s', (_name, read) => {
    const slow = PIECES.find((piece) =>
      LENGTHS.some((length) => {
        const text = piece.repeat(length / piece.length);
        return cpuMsOf(() => read(text)) > MOST_CPU_MS;
      }),
    );
    expect(slow).toBeUndefined();
  });
});
