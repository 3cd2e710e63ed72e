import { DEFINE_BOUNDED } from '../web-page/page-signs.js';

/*
 * What opens the panel of one result, and reads it. Text for the same reasons as the page's script: it looks for
 * stable attributes, never for CSS classes.
 */

/** Finds the tile of a document among the results: the panel holds tiles of its own. */
const TILE = String.raw`
  const docId = arguments[0];
  const named = [...document.querySelectorAll('[data-docid], [data-tbnid], [jsdata*=";"]')];
  const isIt = (element) => element.dataset.docid === docId || element.dataset.tbnid === docId
    || (element.getAttribute('jsdata') || '').split(/[; ]/)[1] === docId;
  const tile = named.find((element) => isIt(element) && !element.closest('[role="dialog"]') && element.querySelector('img'));
`;

/** Body of a function that hovers and clicks the tile of a document; false where it has none any more. */
export const OPEN_PANEL = String.raw`${TILE}
  if (!tile) return false;
  const image = tile.querySelector('img');
  image.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
  // The page's own script opens the panel; without it the click must not lead away from the results.
  window.addEventListener('click', (event) => event.preventDefault(), { once: true });
  image.click();
  return true;
`;

/**
 * Body of a function of two arguments (document, page address) that reads what the panel or the tile's link shows
 * by now: [address of the image or null, address of the imgres link or null].
 */
export const READ_PANEL = String.raw`${DEFINE_BOUNDED}${TILE}
  const pageUrl = arguments[1];
  const shown = [...document.querySelectorAll('img[jsname="kn3ccd"]')].find((image) => {
    const link = image.closest('a[href]');
    const panel = image.closest('[jsname="figiqf"]');
    const isNamed = panel && [...panel.querySelectorAll('[data-docid], [data-tbnid]')]
      .some((element) => element.dataset.docid === docId || element.dataset.tbnid === docId);
    return isNamed || (link !== null && link.getAttribute('href') === pageUrl);
  });
  const source = shown ? shown.getAttribute('src') || '' : '';
  const isOriginal = /^https?:/.test(source) && !/^https?:\/\/[^/]*\bgstatic\.com\//.test(source);
  const link = tile && tile.querySelector('a[href*="/imgres?"]');
  return [isOriginal ? source : null, link ? link.href : null].map((address) => isTooLong(address) ? null : address);
`;
