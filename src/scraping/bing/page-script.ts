import { DEFINE_SIGNS } from '../web-page/page-signs.js';

/*
 * Scripts that run inside Bing's pages. They look for shapes and stable attributes, never for CSS classes, and change
 * nothing except the answer to a question about cookies.
 */

/** Body of a function that returns BingFacts as JSON. */
export const READ_BING_PAGE = String.raw`
  ${DEFINE_SIGNS}
  const isData = (text) => /^\s*\{/.test(text) && /\b(murl|imgurl)\b/.test(text);
  // The attribute is m; under another name it would hold the same.
  const dataOf = (element) => element.getAttribute('m') || [...element.attributes].map(({ value }) => value).find(isData) || '';
  // It also holds long titles. Old pages, whose data is no JSON, have shorter ones.
  const shortData = (text) => {
    if (!isTooLong(text)) return text;
    try {
      return bounded(JSON.parse(text));
    } catch {
      return '';
    }
  };
  const hasData = (element) => /^\s*\{/.test(dataOf(element));
  const found = [...document.querySelectorAll('[m], a[href*="mediaurl="]')];
  const items = (found.some(hasData) ? found.filter(hasData) : found).map((element) => {
    const cell = element.closest('li, [data-idx]') || element.parentElement || element;
    const image = element.querySelector('img') || cell.querySelector('img');
    const source = image ? image.getAttribute('src') || image.dataset.src || '' : '';
    return {
      m: shortData(dataOf(element)),
      href: element.getAttribute('href') || '',
      previewUrl: /^https?:/.test(source) ? source : null,
      title: element.getAttribute('t1') || null,
      facts: (element.getAttribute('t2') || cell.textContent || '').slice(0, 500),
    };
  });
  const holders = [...document.querySelectorAll('[data-nexturl]')];
  const holder = holders.find((element) => element.querySelector('[m]')) || holders[0];
  const nextUrl = holder ? holder.getAttribute('data-nexturl') : null;
  return bounded({
    ...signs(items.length === 0),
    items,
    nextUrl: isTooLong(nextUrl) ? null : nextUrl,
  }, items.map(({ m }) => m));
`;

/** Body of a function that returns the inner size of the window in pixels: [width, height]. */
export const MEASURE_WINDOW = 'return [document.documentElement.clientWidth, window.innerHeight]';

/**
 * Body of a function that rejects cookies if there is a way to reject them; it never accepts them. Returns
 * whether there was one.
 */
export const REJECT_BING_CONSENT = String.raw`
  const accept = document.querySelector('#bnp_btn_accept');
  const place = document.querySelector('#bnp_container') || (accept && accept.parentElement && accept.parentElement.parentElement);
  const controls = place ? [...place.querySelectorAll('button, a, input, [role="button"]')] : [];
  const saysNo = (element) => /reject|refuse|decline|deny|only necessary/i.test(
    [element.id, element.textContent, element.getAttribute('aria-label'), element.getAttribute('value')].join(' '),
  );
  const reject = document.querySelector('#bnp_btn_reject') || controls.find((element) => element !== accept && saysNo(element));
  if (reject) reject.click();
  return Boolean(reject);
`;
