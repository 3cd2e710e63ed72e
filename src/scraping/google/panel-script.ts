import { DEFINE_BOUNDED } from '../web-page/page-signs.js';

/*
 * What opens the panel of one result, and reads it. Text for the same reasons as the page's script: it looks for
 * stable attributes, never for CSS classes.
 */

/** Finds the tile of a document among the results, which the panel's own tiles are not, and what panels show. */
const TILE = String.raw`
  const docId = arguments[0];
  const inData = (element) => (element.getAttribute('jsdata') || '').split(/[; ]/).slice(1, 2)
    .filter((name) => /^[\w-]{10,}:?$/.test(name));
  const namesOf = (element) => [element.dataset.docid, element.dataset.tbnid, ...inData(element)].filter(Boolean);
  const named = [...document.querySelectorAll('[data-docid], [data-tbnid], [jsdata*=";"]')];
  const tile = named.find((element) => namesOf(element).includes(docId)
    && !element.closest('[role="dialog"]') && element.querySelector('img'));
  const shown = [...document.querySelectorAll('img[jsname="kn3ccd"]')]
    .map((image) => ({ image, source: image.getAttribute('src') || '' }));
`;

/**
 * Body of a function that hovers and clicks the tile of a document; returns what panels had shown before, null where
 * the document has no tile any more.
 */
export const OPEN_PANEL = String.raw`${DEFINE_BOUNDED}${TILE}
  if (!tile) return null;
  const image = tile.querySelector('img');
  image.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
  // The page's own script opens the panel; without it the click must not lead away from the results.
  window.addEventListener('click', (event) => event.preventDefault(), { once: true });
  image.click();
  return shown.map(({ source }) => source).filter((source) => !isTooLong(source));
`;

/**
 * Body of a function of three arguments (document, page address, what was shown before) that reads what the panel or
 * the tile's link shows by now: [address of the image or null, address of the imgres link or null]. A panel that
 * names its document is believed by that name alone. Of one that does not, the page must be the same and the image
 * another than before: two results may stand on one page.
 */
export const READ_PANEL = String.raw`${DEFINE_BOUNDED}${TILE}
  const [, pageUrl, before] = arguments;
  const documents = new Set([docId, ...named.flatMap(namesOf)]);
  // Tiles of other pictures stand in the panel too; what names the panel itself holds no picture.
  const marksIn = (element) => [...element.querySelectorAll('[data-docid], [data-tbnid]')]
    .filter((mark) => mark.querySelector('img') === null).flatMap(namesOf);
  const ownNameOf = ({ dataset }) => dataset.docid || dataset.tbnid;
  // What may name other things too names a document only where there is one by that name.
  const otherNameOf = (element) => [element.dataset.id, element.dataset.sid, ...inData(element)]
    .find((name) => documents.has(name));
  const nameOf = (image) => {
    let isInPanel = true;
    for (let around = image.parentElement; around && around !== document.body; around = around.parentElement) {
      const own = ownNameOf(around) || otherNameOf(around);
      if (own) return own;
      const marks = new Set(isInPanel ? marksIn(around) : []);
      if (marks.size === 1) return [...marks][0];
      isInPanel = isInPanel && around.getAttribute('jsname') !== 'figiqf' && around.getAttribute('role') !== 'dialog';
    }
    return null;
  };
  const isNews = ({ image, source }) => {
    const link = image.closest('a[href]');
    return link !== null && link.getAttribute('href') === pageUrl && !before.includes(source);
  };
  const isIt = (one) => {
    const name = nameOf(one.image);
    return name === null ? isNews(one) : name === docId;
  };
  const isOriginal = ({ source }) => /^https?:/.test(source) && !/^https?:\/\/[^/]*\bgstatic\.com\//.test(source);
  const found = shown.filter(isOriginal).find(isIt);
  const link = tile && tile.querySelector('a[href*="/imgres?"]');
  return [found ? found.source : null, link ? link.href : null].map((address) => isTooLong(address) ? null : address);
`;
