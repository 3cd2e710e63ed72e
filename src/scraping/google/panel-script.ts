import { DEFINE_BOUNDED } from '../web-page/page-signs.js';

/*
 * Scripts that open and read the panel of one result. Like the page's scripts, they are text and look for stable
 * attributes, never for CSS classes.
 */

/**
 * Finds the tile of a document among the results, leaving out the panel's own tiles, and the images in
 * panels.
 */
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
 * Body of a function that hovers and clicks the tile of a document. Returns the images that panels showed
 * before; null if the document has no tile any more.
 */
export const OPEN_PANEL = String.raw`${DEFINE_BOUNDED}${TILE}
  if (!tile) return null;
  const image = tile.querySelector('img');
  image.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
  // The page's own script opens the panel; without it the click must not leave the results.
  window.addEventListener('click', (event) => event.preventDefault(), { once: true });
  image.click();
  return shown.map(({ source }) => source).filter((source) => !isTooLong(source));
`;

/**
 * Body of a function of three arguments (document, page address, images shown before) that reads the panel or
 * the tile's link: [address of the image or null, address of the imgres link or null]. A panel that names its
 * document is believed by that name alone. Otherwise the page must be the same and the image new, because two
 * results may be on one page.
 */
export const READ_PANEL = String.raw`${DEFINE_BOUNDED}${TILE}
  const [, pageUrl, before] = arguments;
  const documents = new Set([docId, ...named.flatMap(namesOf)]);
  // The panel holds tiles of other pictures too; the element that names the panel holds no picture.
  const marksIn = (element) => [...element.querySelectorAll('[data-docid], [data-tbnid]')]
    .filter((mark) => mark.querySelector('img') === null).flatMap(namesOf);
  const ownNameOf = ({ dataset }) => dataset.docid || dataset.tbnid;
  // An attribute with other uses counts as a name only if there is a document of that name.
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
