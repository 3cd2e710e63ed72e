import { diceOf } from '../dice.ts';
import { pause, redirect, send, waitForEnd, type Exchange, type Handler } from '../exchange.ts';
import { wishesOf, type Scenario } from '../scenarios.ts';
import type { ImageWeb } from '../web/image-site.ts';
import { classesOf, pageData, pageTokenOf, type Batch } from './batch.ts';
import { resultsPage, resultsPage2022 } from './pages.ts';
import { panelContent, RELATED_TILES } from './panel.ts';
import type { Layout } from './record.ts';
import { imageId, imgresUrl, tiles } from './tiles.ts';
import * as walls from './walls.ts';

const INLINE_THUMBNAILS = 12;
const WITHOUT_RECORDS: ReadonlySet<Scenario> = new Set(['no-urls', 'panel-only', 'page-only']);

/** Serves a search shaped as Google's image search: `/search`, its batches, panel, walls and links. */
export function googleSite(web: ImageWeb): Handler {
  let visits = 0;
  return async (exchange) => {
    const { pathname, searchParams } = exchange.url;
    const query = searchParams.get('q') ?? '';
    if (pathname === '/consent/ml') walls.showConsentWall(exchange);
    else if (pathname === '/consent/save') await walls.takeConsent(exchange, web.stats);
    else if (pathname === '/sorry/index') walls.showCaptcha(exchange, web.stats);
    else if (pathname === '/httpservice/retry/enablejs') walls.showSoftBlock(exchange, query);
    else if (pathname === '/imgres') redirect(exchange, searchParams.get('imgrefurl') ?? '/');
    else if (pathname === '/async/panel') await showPanel(web, exchange, query);
    else if (pathname === '/search') await search(web, exchange, query, (visits += 1));
    else return false;
    return true;
  };
}

async function search(web: ImageWeb, exchange: Exchange, query: string, visit: number): Promise<void> {
  const isBatch = exchange.url.searchParams.get('asearch') === 'arc';
  const scenario = scenarioOf(web, query);
  exchange.record.kind = isBatch ? 'batch' : 'search';
  const [least, most] = web.plan.searchLatencyMs;
  await pause(exchange, diceOf('search', web.plan.seed, query, visit).integer(least, most));
  if (await standsInTheWay(web, exchange, query, scenario)) return;
  const batch = batchOf(web, exchange, query, scenario, visit);
  if (batch.entries.length === 0 && batch.start === 0) return walls.showNoResults(exchange, query);
  if (isBatch) return sendBatch(exchange, batch);
  send(exchange, { body: await pageOf(web, batch, visit) });
}

/** Everything served instead of results. */
async function standsInTheWay(
  { plan }: ImageWeb,
  exchange: Exchange,
  query: string,
  scenario: Scenario,
): Promise<boolean> {
  const start = Number(exchange.url.searchParams.get('start') ?? 0);
  const isUnanswered = scenario === 'consent' && !walls.hasConsentCookie(exchange);
  if (isUnanswered || scenario === 'consent-loop') walls.toConsentWall(exchange);
  else if (scenario === 'captcha') walls.toCaptcha(exchange);
  else if (scenario === 'block-midway' && start / 10 >= plan.pagesBeforeBlock) walls.toCaptcha(exchange);
  else if (scenario === 'soft-block') walls.showSoftBlock(exchange, query);
  else if (scenario === 'no-results') walls.showNoResults(exchange, query);
  else if (scenario === 'changed-layout') walls.showChangedLayout(exchange, query);
  else if (scenario === 'server-error') send(exchange, { status: 503, body: 'Service unavailable' });
  else if (scenario === 'reset') exchange.response.socket?.resetAndDestroy();
  else if (scenario === 'hang') await waitForEnd(exchange);
  else return scenario === 'slow' && !(await pause(exchange, plan.slowMs));
  return true;
}

function batchOf(
  { catalogues, plan }: ImageWeb,
  { url }: Exchange,
  query: string,
  scenario: Scenario,
  visit: number,
): Batch {
  const start = Math.max(0, Number(url.searchParams.get('start') ?? 0) || 0);
  const all = catalogues.of('google', query);
  const first = Math.floor(start / 10) * plan.pageSize;
  return {
    query,
    start,
    scenario,
    entries: all.slice(first, first + plan.pageSize),
    hasMore: first + plan.pageSize < all.length,
    layout: layoutOf(scenario),
    hasRecords: !WITHOUT_RECORDS.has(scenario),
    pageToken: pageTokenOf(plan.seed, query, visit),
    classes: classesOf(diceOf('classes', plan.seed, query, visit)),
    base: url.origin,
  };
}

async function pageOf(web: ImageWeb, batch: Batch, visit: number): Promise<string> {
  const firsts = batch.entries.slice(0, INLINE_THUMBNAILS);
  const inline = new Map<string, string>();
  const developed = await Promise.all(firsts.map((entry) => web.darkroom.thumbnail(entry)));
  firsts.forEach((entry, n) => {
    inline.set(entry.docId, `data:image/jpeg;base64,${developed[n]?.toString('base64') ?? ''}`);
  });
  const related = web.catalogues.of('google', `more like this results:${RELATED_TILES}`);
  const current = batch.entries[0] ?? null;
  const hiddenName = diceOf('hidden', batch.query, visit)
    .token(2)
    .replaceAll(/[-_\d]/g, 'q');
  const parts = { batch, current, related, inline, hiddenName };
  return batch.layout === '2022' ? resultsPage2022(parts) : resultsPage(parts);
}

/** The next results for an open page: their records go straight into the page's memory. */
function sendBatch(exchange: Exchange, batch: Batch): void {
  const thumbnails = batch.entries.map((entry) => [imageId(batch, entry), entry.previewUrl]);
  const body = { html: tiles(batch), data: pageData(batch), thumbnails: Object.fromEntries(thumbnails) };
  send(exchange, { type: 'application/json', body: JSON.stringify({ ...body, hasMore: batch.hasMore }) });
}

async function showPanel(web: ImageWeb, exchange: Exchange, query: string): Promise<void> {
  exchange.record.kind = 'panel';
  const docId = exchange.url.searchParams.get('docid') ?? '';
  const entry = web.catalogues.of('google', query).find((one) => one.docId === docId);
  const [least, most] = web.plan.searchLatencyMs;
  await pause(exchange, diceOf('panel', docId).integer(least, most));
  if (entry === undefined) return send(exchange, { status: 404 });
  const answer = {
    preview: panelContent(entry, false),
    content: panelContent(entry, scenarioOf(web, query) !== 'page-only'),
    imgres: imgresUrl({ base: exchange.url.origin, query }, entry),
  };
  send(exchange, { type: 'application/json', body: JSON.stringify(answer) });
}

function scenarioOf({ plan }: ImageWeb, query: string): Scenario {
  return wishesOf(query).scenarios.google ?? plan.scenarios.google ?? 'usual';
}

function layoutOf(scenario: Scenario): Layout {
  if (scenario === 'layout-2024') return '2024';
  return scenario === 'layout-2022' ? '2022' : '2026';
}
