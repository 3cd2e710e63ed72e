import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';
import { pull, searchGoogle, testBrowser } from '../../support/searching.js';

const folder = process.env['REAL_PAGES_DIR'];
const pageOf = (name: string): string => readFileSync(join(folder ?? '', 'google', name), 'utf8');

const RESULTS = [
  '2022-02_tbm-isch_flower_AF-initDataCallback.html',
  '2024-08_udm2_cat_panel-open.html',
  '2026-07_udm2_images_panel-open.html',
];
const WALLS = [
  ['2026-04_no-results_web_sanitized.html', 'source.no_results'],
  ['2026-06_sorry-captcha.html', 'source.blocked'],
  ['2026-07_soft-block_enablejs_trimmed.html', 'source.blocked'],
  ['2026-09_consent-wall_forms.html', 'source.consent_wall'],
] as const;

/**
 * The facts in the text of a page about its results, read in another way: document, address, height, width.
 */
function recordsIn(html: string): [string, string, number, number][] {
  const shape = /\[0,"([\w-]+:?)",\["[^"]*",\d+,\d+\],\[("(?:[^"\\]|\\.)*"),(\d+),(\d+)\]/g;
  const all = [...html.matchAll(shape)].map(
    ([, docId = '', url = '', height, width]): [string, [string, string, number, number]] => [
      docId,
      [docId, String(JSON.parse(url)), Number(height), Number(width)],
    ],
  );
  return [...new Map(all.toReversed()).values()].toReversed();
}

/** The creators named by the records of a page, read in another way; each once. */
function creatorsIn(html: string): string[] {
  const shape = /",[01],(?:null|"[^"]*"),0,\[("(?:[^"\\]|\\.)*")\],/g;
  return [...new Set([...html.matchAll(shape)].map(([, name = '']) => String(JSON.parse(name))))];
}

const isMissing = folder === undefined;
if (isMissing) process.stdout.write('not run: saved pages of Google, because REAL_PAGES_DIR is not set\n');
const describeWithPages = isMissing ? describe.skip : describe;

describeWithPages(
  `saved pages of Google${folder === undefined ? ' (not run: REAL_PAGES_DIR is not set)' : ''}`,
  () => {
    let browser: LocalChromeBrowser;
    let server: Server;
    let googleUrl: string;

    beforeAll(async () => {
      browser = testBrowser();
      server = createServer((request, response) => {
        const { pathname, searchParams } = new URL(request.url ?? '/', 'http://local');
        const [name = '', scripts] = (searchParams.get('q') ?? '').split(' ');
        if (pathname !== '/search') return void response.writeHead(404).end();
        if (scripts === 'off') response.setHeader('content-security-policy', "script-src 'none'");
        response.setHeader('content-type', 'text/html; charset=utf-8').end(pageOf(name));
      });
      await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
      googleUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(async () => {
      await browser.onApplicationShutdown();
      server.closeAllConnections();
      server.close();
    });

    it.each(
      RESULTS.flatMap((name) => [
        [name, 'on'],
        [name, 'off'],
      ]),
    )(
      'give all 100 records of %s with scripts %s, in the order of the page, and nothing else',
      async (name, scripts) => {
        const candidates = await pull(searchGoogle(browser, googleUrl, `${name} ${scripts}`));
        const read = candidates.map(({ sourceId, imageUrl, claimed }) => [
          sourceId,
          imageUrl,
          claimed?.height,
          claimed?.width,
        ]);
        expect(read).toEqual(recordsIn(pageOf(name)));
        expect(read).toHaveLength(100);
        const lacking = candidates.filter(
          ({ pageUrl, title, site }) => !pageUrl?.startsWith('http') || !title || !site,
        );
        expect(lacking).toEqual([]);
      },
    );

    it('give the licences they state', async () => {
      const counts = RESULTS.map(async (name) => {
        const candidates = await pull(searchGoogle(browser, googleUrl, name));
        return candidates.filter(({ licence }) => licence?.url?.startsWith('https://')).length;
      });
      expect(await Promise.all(counts)).toEqual([0, 8, 26]);
    });

    it('give the creators they name', async () => {
      const counts = RESULTS.map(async (name) => {
        const credits = (await pull(searchGoogle(browser, googleUrl, name))).map(
          ({ licence }) => licence?.credit,
        );
        const named = creatorsIn(pageOf(name));
        const lacking = named.filter((creator) => !credits.some((credit) => credit?.includes(creator)));
        expect(lacking).toEqual([]);
        return named.length;
      });
      expect(await Promise.all(counts)).toEqual([0, 0, 7]);
    });

    it.each(WALLS)('tell %s as %s', async (name, code) => {
      await expect(pull(searchGoogle(browser, googleUrl, name))).rejects.toMatchObject({ code });
    });
  },
);
