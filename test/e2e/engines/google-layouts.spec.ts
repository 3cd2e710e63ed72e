import type { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';
import { AnswerServer } from '../../support/saved-pages.js';
import { pull, searchGoogle, testBrowser } from '../../support/searching.js';

const ids = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, n) => `document-${from + n}`);
const tiles = (names: readonly string[]): string =>
  names
    .map((id) => `<div data-docid="${id}" data-lpage="https://site.example/${id}"><img alt="${id}"></div>`)
    .join('');
const recordsOf = (names: readonly string[]): string =>
  JSON.stringify(
    names.map((id) => [
      0,
      id,
      [`https://encrypted-tbn0.gstatic.com/images?q=tbn:${id}&s`, 90, 120],
      [`https://images.example/${id}.jpg`, 600, 800],
      {},
    ]),
  );
const inMemory = (names: readonly string[]): string => `<script>window.W_jd={a:${recordsOf(names)}}</script>`;
/** A string as Google writes it: in single quotes, with special characters of HTML or JSON as bytes. */
const inString = (names: readonly string[]): string =>
  `<script>((text) => text.length)('${recordsOf(names).replaceAll(
    /["'[\]{}&=<>]/g,
    (sign) => `\\x${sign.charCodeAt(0).toString(16)}`,
  )}')</script>`;

describe('a page of Google with another structure', () => {
  let browser: LocalChromeBrowser;
  let server: AnswerServer;
  let body = '';

  beforeAll(async () => {
    browser = testBrowser();
    server = new AnswerServer(({ pathname, searchParams }) => {
      if (pathname !== '/search') return null;
      const isFirst = !searchParams.has('start');
      return { type: 'text/html; charset=utf-8', body: isFirst ? body : '<p>did not match any documents' };
    });
    await server.open();
  });
  afterAll(async () => {
    server.close();
    await browser.onApplicationShutdown();
  });

  async function found(page: string): Promise<string[]> {
    body = page;
    return (await pull(searchGoogle(browser, server.url, 'cat'))).map(
      ({ sourceId, imageUrl }) => `${sourceId} ${imageUrl}`,
    );
  }
  const originals = (names: readonly string[]): string[] =>
    names.map((id) => `${id} https://images.example/${id}.jpg`);
  const unknown = (names: readonly string[]): string[] => names.map((id) => `${id} null`);

  it('gives the records in strings of its scripts', async () => {
    const all = ids(0, 8);
    expect(await found(`<div id="rso">${tiles(all)}</div>${inString(all)}`)).toEqual(originals(all));
  });

  it('gives the remaining records if memory holds some', async () => {
    const all = ids(0, 8);
    const page = `<div id="rso">${tiles(all)}</div>${inMemory(all.slice(0, 3))}${inString(all.slice(3))}`;
    expect(await found(page)).toEqual(originals(all));
  });

  it.each([
    ['with records', inMemory(ids(0, 13)), originals(ids(0, 13))],
    ['without records', '', unknown(ids(0, 13))],
  ])(
    'gives all tiles %s where one stands in the known place and the others elsewhere',
    async (_how, script, all) => {
      const page = `<div id="rso">${tiles(ids(0, 1))}</div><main>${tiles(ids(1, 13))}</main>${script}`;
      expect(await found(page)).toEqual(all);
    },
  );

  it('gives a tile elsewhere that has a record, but none without a record', async () => {
    const page = `<div id="rso">${tiles(ids(0, 6))}</div><aside>${tiles(ids(6, 9))}</aside>${inMemory([...ids(0, 6), 'document-7'])}`;
    expect(await found(page)).toEqual(originals([...ids(0, 6), 'document-7']));
  });

  it('gives no tile of a dialog, however many there are', async () => {
    const page = `<div id="rso">${tiles(ids(0, 2))}</div><div role="dialog">${tiles(ids(2, 14))}</div>${inMemory(ids(0, 2))}`;
    expect(await found(page)).toEqual(originals(ids(0, 2)));
  });
});
