import { MAX_DATA_URL_LENGTH, MAX_URL_LENGTH } from '../../jobs/candidate-facts.js';
import { ANY_RECORD_START } from './records.js';
import { DEFINE_SIGNS } from '../web-page/page-signs.js';

/*
 * Scripts that run inside Google's pages. They are text because no import, type or transpiler may change them. They
 * look for shapes and stable attributes, never for CSS classes, and change nothing in the page.
 */

/** Body of a function of one argument (known documents) that returns GoogleFacts as JSON. */
export const READ_GOOGLE_PAGE = String.raw`
  ${DEFINE_SIGNS}
  const known = new Set(arguments[0]);
  const RESULTS = '#rso, #botstuff, #islrg, [data-async-type="arc"]';
  const TILE = '[data-docid], [data-tbnid], [jsdata*=";"]';
  const MAX_VISITED = 400000;
  const MAX_SCRIPTS_LENGTH = 8000000;

  const isAddress = (v) => typeof v === 'string' && /^(https?|data|x-raw-image):/.test(v);
  const isPixels = (v) => typeof v === 'number' || (typeof v === 'string' && /^\d{1,5}$/.test(v));
  const isPicture = (value) => {
    const v = Array.isArray(value) && value.length === 1 ? value[0] : value;
    if (Array.isArray(v)) return isAddress(v[0]) && isPixels(v[1]) && isPixels(v[2]);
    if (typeof v !== 'object' || v === null || v instanceof Node) return false;
    const parts = Object.values(v);
    return parts.some(isAddress) && parts.filter(isPixels).length >= 2;
  };
  const isRecord = (v) => Array.isArray(v) && typeof v[1] === 'string' && v[1] !== '' && v.slice(2, 6).some(isPicture);

  const walk = (roots, found) => {
    const seen = new Set();
    const stack = [...roots].reverse();
    while (stack.length > 0 && seen.size < MAX_VISITED) {
      const value = stack.pop();
      if (typeof value !== 'object' || value === null || seen.has(value)) continue;
      seen.add(value);
      if (value instanceof Node || value === window || ArrayBuffer.isView(value)) continue;
      if (isRecord(value)) {
        if (!known.has(value[1]) && !found.has(value[1])) found.set(value[1], value);
        continue;
      }
      const inside = value instanceof Map ? [...value.values()] : [];
      for (const key of Reflect.ownKeys(value)) {
        const property = Reflect.getOwnPropertyDescriptor(value, key);
        if (property && typeof property.value === 'object') inside.push(property.value);
      }
      for (let i = inside.length - 1; i >= 0; i -= 1) stack.push(inside[i]);
    }
  };

  const docIdOf = (element) => {
    const named = element.dataset.docid || element.dataset.tbnid;
    if (named) return named;
    const parts = (element.getAttribute('jsdata') || '').split(/[; ]/);
    return /^[\w-]{10,}:?$/.test(parts[1] || '') ? parts[1] : null;
  };
  const all = [...document.querySelectorAll(TILE)].filter((element) => docIdOf(element) !== null);
  const isInDialog = (element) => element.closest('[role="dialog"]') !== null;
  const isInPlace = (element) => element.closest(RESULTS) !== null;
  const lazy = (window.google && window.google.ldi) || {};
  const previewOf = (image) => {
    const source = lazy[image.id] || image.getAttribute('src') || image.dataset.src || '';
    if (/^https?:/.test(source)) return source;
    // A short one is a placeholder.
    return /^data:image\//.test(source) && source.length > 400 && source.length <= ${MAX_DATA_URL_LENGTH} ? source : null;
  };

  const records = new Map();
  walk([window.W_jd, window.AF_initDataChunkQueue], records);

  // If most tiles are outside the known places, the places have new names.
  const candidates = all.filter((element) => !isInDialog(element));
  const isMoved = candidates.filter(isInPlace).length * 2 < candidates.length;
  // Related images that are no results have no record.
  const isResult = (element) => !isInDialog(element)
    && (isMoved || isInPlace(element) || records.has(docIdOf(element)));

  const tiles = new Map();
  const outside = new Set();
  for (const element of all) {
    const docId = docIdOf(element);
    if (!isResult(element)) { outside.add(docId); continue; }
    const tile = tiles.get(docId) || { docId, pageUrl: null, title: null, previewUrl: null };
    tiles.set(docId, tile);
    if (known.has(docId)) continue;
    const hasRecord = records.has(docId);
    const image = element.querySelector('img');
    const link = element.querySelector('a[target="_blank"][href^="http"]');
    tile.pageUrl = tile.pageUrl || element.dataset.lpage || (link && link.getAttribute('href')) || null;
    tile.title = tile.title || (image && image.alt) || (link && link.title) || null;
    tile.previewUrl = tile.previewUrl || (image && !hasRecord && previewOf(image)) || null;
  }
  const ofResults = [...tiles.values()]
    .filter((tile) => tile.pageUrl !== null || tile.previewUrl !== null || known.has(tile.docId) || records.has(tile.docId));

  const isExplained = () => (records.size > 0 || known.size > 0)
    && ofResults.every((tile) => records.has(tile.docId) || known.has(tile.docId));
  // They hold long titles too.
  const shortened = (text) => text.replace(/(?<![^"\\])[^"\\]{${MAX_URL_LENGTH + 1},}/g, (run) => run.slice(0, ${MAX_URL_LENGTH + 1}));
  let scripts = [];
  if (!isExplained()) {
    let left = MAX_SCRIPTS_LENGTH;
    scripts = [...document.scripts].map((script) => script.src ? '' : script.textContent)
      .filter((text) => /${ANY_RECORD_START.source}/i.test(text))
      .map(shortened)
      .filter(({ length }) => (left -= length) >= 0);
    if (scripts.length === 0) walk(Object.keys(window).map((key) => Reflect.getOwnPropertyDescriptor(window, key)?.value), records);
  }

  const links = [...document.querySelectorAll('a[href*="/imgres?"]')].filter(isResult).map((a) => a.href).filter((href) => !isTooLong(href));
  const more = document.querySelector('a[jsname="oHxHid"][href], a[aria-label="More results"][href], a#pnnext[href]');
  const hidden = (form) => new Set([...form.querySelectorAll('input[type="hidden"]')].map((input) => input.name));
  const isEmpty = records.size === 0 && ofResults.length === 0;
  const isSeen = (element) => !element.closest('noscript') && !/^(SCRIPT|STYLE|LINK|META)$/.test(element.tagName);
  return bounded({
    ...signs(isEmpty),
    hasConsent: [...document.forms].some((form) => hidden(form).has('set_eom')),
    records: [...records.values()].map((record) => record.slice(0, 12)),
    scripts,
    tiles: ofResults,
    elsewhere: [...outside].filter((docId) => !tiles.has(docId)),
    imageLinks: links,
    moreUrl: more && !isTooLong(more.href) ? more.href : null,
    asksForScript: isEmpty && /\/httpservice\/retry\/enablejs|emsg=SG_/.test(document.documentElement.innerHTML),
    hasResultsPlace: [...document.querySelectorAll('#rso, #islrg, #search')].some((place) => place.childElementCount > 0),
    elements: isEmpty && document.body ? [...document.body.querySelectorAll('*')].filter(isSeen).length : 0,
  }, scripts);
`;

/**
 * Body of a function that rejects the cookies of a consent wall, recognised by the hidden fields of its
 * forms. Returns the wall's documentId, or null if there is no such form.
 */
export const REJECT_GOOGLE_CONSENT = String.raw`
  for (const form of document.forms) {
    const fields = new Map([...form.querySelectorAll('input[type="hidden"]')].map((input) => [input.name, input.value]));
    if (fields.get('set_eom') === 'true' && !fields.has('set_sc') && !fields.has('set_aps')) {
      HTMLFormElement.prototype.submit.call(form);
      return performance.timeOrigin;
    }
  }
  return null;
`;

/** Body of a function that scrolls to the end of the page and presses a plain button for more results. */
export const SCROLL_ON = String.raw`
  const buttons = [...document.querySelectorAll('input[type="button"][value]')];
  const more = buttons.find((button) => /more results/i.test(button.value) && button.offsetParent !== null);
  if (more) more.click();
  window.scrollTo(0, 0);
  window.scrollTo(0, Math.max(document.body.scrollHeight, document.documentElement.scrollHeight));
`;

/** Body of a function that returns the number of tiles and of fetched resources: [tiles, resources]. */
export const MEASURE = String.raw`
  return [document.querySelectorAll('[data-docid], [data-tbnid]').length, performance.getEntriesByType('resource').length];
`;
