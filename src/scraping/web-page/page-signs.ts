import { MAX_DATA_URL_LENGTH, MAX_URL_LENGTH } from '../../jobs/candidate-facts.js';

/** Facts that the page of any engine has; not judged yet. */
export interface PageSigns {
  /** Distinguishes this document from the one before it in the same tab. */
  readonly documentId: number;
  readonly url: string;
  /** HTTP status of the page; 0 if the browser does not know it. */
  readonly status: number;
  readonly isLoading: boolean;
  readonly hasCaptcha: boolean;
  /** Whether the page asks for consent to cookies. */
  readonly hasConsent: boolean;
  /** Visible text, at most 4,000 characters; empty if there are results. */
  readonly text: string;
  /** Pictures larger than icons; 0 if there are results. */
  readonly pictures: number;
}

/** The signs of a tab that has not loaded a page yet. */
export const NO_SIGNS: PageSigns = {
  documentId: 0,
  url: 'about:blank',
  status: 0,
  isLoading: true,
  hasCaptcha: false,
  hasConsent: false,
  text: '',
  pictures: 0,
};

/** Statements for a script in the page that define `pictures()`, the number of pictures larger than icons. */
const DEFINE_PICTURES = String.raw`
  const pictures = () => [...document.images].filter((image) => {
    const sides = ['width', 'height'].map((name) => Number(image.getAttribute(name) || 100));
    return Math.min(...sides) >= 50 && !image.closest('noscript, header, footer, nav, [role="navigation"], [role="banner"]');
  }).length;
`;

/**
 * Statements for a script in the page that define `bounded(value, whole)`: JSON of the value without a text
 * longer than any fact may be, except those in the list `whole`. Longer texts are cut one letter later, so
 * that an address is known to be too long.
 */
export const DEFINE_BOUNDED = String.raw`
  const longest = (text) => text.startsWith('data:') ? ${MAX_DATA_URL_LENGTH} : ${MAX_URL_LENGTH};
  const isTooLong = (part) => typeof part === 'string' && part.length > longest(part);
  const bounded = (value, whole = []) => JSON.stringify(value, (key, part) =>
    isTooLong(part) && !whole.includes(part) ? part.slice(0, longest(part) + 1) : part);
`;

/**
 * Statements for a script in the page that define `signs(isEmpty)`, which returns PageSigns, and `bounded`.
 * They are text because they run in the page's world, not in ours.
 */
export const DEFINE_SIGNS = String.raw`
  ${DEFINE_BOUNDED}
  ${DEFINE_PICTURES}
  const CAPTCHA = '.captcha, #b_captcha, form#captcha-form, #challenge-form, [class*="anomaly-modal"], .g-recaptcha,'
    + ' #recaptcha, .h-captcha, .cf-turnstile, iframe[src*="recaptcha"], iframe[src*="hcaptcha"],'
    + ' iframe[src*="challenges.cloudflare.com"]';
  const CONSENT = '#bnp_btn_accept, #bnp_container';
  const signs = (isEmpty) => {
    const navigation = performance.getEntriesByType('navigation')[0];
    return {
      documentId: performance.timeOrigin,
      url: location.href,
      status: (navigation && navigation.responseStatus) || 0,
      isLoading: document.readyState === 'loading',
      hasCaptcha: document.querySelector(CAPTCHA) !== null,
      hasConsent: document.querySelector(CONSENT) !== null,
      text: isEmpty && document.body ? document.body.innerText.slice(0, 4000) : '',
      pictures: isEmpty ? pictures() : 0,
    };
  };
`;
