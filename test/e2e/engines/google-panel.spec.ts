import type { Candidate } from '../../../src/jobs/candidate.js';
import type { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';
import { GooglePanel } from '../../../src/scraping/google/google-panel.js';
import { READ_PANEL } from '../../../src/scraping/google/panel-script.js';
import { sampleCandidate } from '../../support/sample-jobs.js';
import { AnswerServer, describeSavedPages, savedPage } from '../../support/saved-pages.js';
import { NEVER, pull, searchGoogle, testBrowser } from '../../support/searching.js';

/** Ways in which a panel may name its document, or not; `_` marks the image. */
const PANELS = {
  'names nothing': () => '<div jsname="figiqf">_</div>',
  'names nothing but its related pictures': (_: string, other: string) =>
    `<div jsname="figiqf">_</div><div data-docid="${other}"><img src="r.png"></div>`,
  'names its document beside the image': (docId: string, other: string) =>
    `<div jsname="figiqf"><div>_<div data-tbnid="${docId}"></div></div><div data-docid="${other}"><img src="r.png"></div></div>`,
  'stands in what is named': (docId: string, other: string) =>
    `<div data-tbnid="${docId}"><div jsname="figiqf">_<div data-docid="${other}"><img src="r.png"></div></div></div>`,
  'stands in what bears the name for other reasons': (docId: string) =>
    `<div data-id="mosaic"><div data-id="${docId}"><div jsdata="x;_;$1" jsname="figiqf">_</div></div></div>`,
  'has its name in its data': (docId: string) =>
    `<div jsdata="j0Opre;${docId};$1 x;_;$2"><div jsname="figiqf">_</div></div>`,
} as const;
type Panel = keyof typeof PANELS;

const DOCUMENTS = ['document-a1', 'document-b2', 'document-c3'] as const;
const PAGE = 'https://site.example/all';
const originalOf = (docId: string): string => `https://images.example/${docId}.jpg`;

/** A page of tiles from a single source page; a click shows the panel of a tile after a while. */
function pageWith(panel: Panel, afterMs: number): string {
  const image = (docId: string): string =>
    `<a href="${PAGE}"><img jsname="kn3ccd" src="${originalOf(docId)}"></a>`;
  const contents = DOCUMENTS.map((docId, n) => {
    const other = DOCUMENTS[(n + 1) % DOCUMENTS.length] ?? '';
    return [docId, PANELS[panel](docId, other).replace('_', image(docId))];
  });
  const tiles = DOCUMENTS.map(
    (docId) => `<div data-docid="${docId}" data-lpage="${PAGE}"><img src="t.png"></div>`,
  );
  return `<div id="rso">${tiles.join('')}</div><div role="dialog"></div><script>
    const contents = ${JSON.stringify(Object.fromEntries(contents))};
    document.getElementById('rso').addEventListener('click', (event) => {
      const { docid } = event.target.closest('[data-docid]').dataset;
      setTimeout(() => { document.querySelector('[role=dialog]').innerHTML = contents[docid] || ''; }, ${afterMs});
    });</script>`;
}

describe('the panel of a result', () => {
  let browser: LocalChromeBrowser;
  let server: AnswerServer;

  beforeAll(async () => {
    browser = testBrowser();
    server = new AnswerServer(({ pathname, searchParams }) => {
      const panel = (searchParams.get('panel') ?? 'names nothing') as Panel;
      const body = pageWith(panel, Number(searchParams.get('after') ?? 0));
      return pathname === '/' ? { type: 'text/html; charset=utf-8', body } : null;
    });
    await server.open();
  });
  afterAll(async () => {
    server.close();
    await browser.onApplicationShutdown();
  });

  /** Reads the originals of the documents, one after another. */
  async function read(
    panel: Panel,
    afterMs: number,
    documents: readonly string[] = DOCUMENTS,
  ): Promise<(string | null)[]> {
    const tab = await browser.openTab(NEVER);
    try {
      await tab.go(`${server.url}/?${new URLSearchParams({ panel, after: String(afterMs) })}`);
      const opened = new GooglePanel(tab, NEVER);
      const found: (string | null)[] = [];
      for (const docId of documents) {
        const candidate: Candidate = sampleCandidate(1, { sourceId: docId, pageUrl: PAGE, imageUrl: null });
        found.push((await opened.resolve(candidate))?.imageUrl ?? null);
      }
      return found;
    } finally {
      await tab.close();
    }
  }

  it.each(Object.keys(PANELS) as Panel[])(
    'that %s is never taken for that of another on the same page',
    async (panel) => {
      expect(await read(panel, 250)).toEqual(DOCUMENTS.map(originalOf));
    },
  );

  it('that names its document is read if it was already open', async () => {
    const [first] = DOCUMENTS;
    const twice = await read('names its document beside the image', 0, [first, first]);
    expect(twice).toEqual([originalOf(first), originalOf(first)]);
  });

  it('that does not change is not read again', async () => {
    const [first, second] = DOCUMENTS;
    expect(await read('names nothing', 0, [first, first, second])).toEqual([
      originalOf(first),
      null,
      originalOf(second),
    ]);
  });
});

describeSavedPages('pages of Google with an open panel', () => {
  const PAGES = [
    ['2024-08_udm2_cat_panel-open.html', 'I3vw65lJTMwHFM'],
    ['2026-07_udm2_images_panel-open.html', 'salFp-bzk6qAVM'],
  ] as const;
  let browser: LocalChromeBrowser;
  let server: AnswerServer;

  beforeAll(async () => {
    browser = testBrowser();
    // In a saved page the original has lost its address.
    server = new AnswerServer(({ pathname, searchParams }) => {
      if (pathname !== '/search') return null;
      const body = savedPage('google', searchParams.get('q') ?? '').replaceAll(
        /src="\.\/[^"]*"(?=[^>]*jsname="kn3ccd")/g,
        'src="https://images.example/original.jpg"',
      );
      const headers = { 'content-security-policy': "script-src 'none'" };
      return { type: 'text/html; charset=utf-8', headers, body };
    });
    await server.open();
  });
  afterAll(async () => {
    server.close();
    await browser.onApplicationShutdown();
  });

  it.each(PAGES)('give the original of %s to its own result alone', async (name, docId) => {
    const results = await pull(searchGoogle(browser, server.url, name), 100);
    const tab = await browser.openTab(NEVER);
    await tab.go(`${server.url}/search?q=${encodeURIComponent(name)}`);
    const found: string[] = [];
    for (const { sourceId, pageUrl } of results) {
      const read = await tab.run(READ_PANEL, sourceId, pageUrl, []);
      if (Array.isArray(read) && read[0] !== null) found.push(sourceId);
    }
    await tab.close();
    expect(found).toEqual([docId]);
  });
});
