import { DEFINE_BOUNDED, DEFINE_SIGNS } from '../web-page/page-signs.js';

/*
 * Scripts that run inside DuckDuckGo's page. They request the answers from there because the token belongs to the
 * browser that got it.
 */

/** Body of a function that returns DuckDuckGoFacts as JSON. */
export const READ_DUCKDUCKGO_PAGE = String.raw`
  ${DEFINE_SIGNS}
  const token = /\bvqd["']?\s*[=:]\s*(?:\{\s*["'][^"'}]*["']\s*:\s*)?["']?([\w-]{6,})/.exec(document.documentElement.innerHTML);
  return bounded({ ...signs(token === null), token: token ? token[1] : null });
`;

/**
 * Body of a function of an address and a deadline in milliseconds that requests it as the page itself would.
 * Returns status, text and requested wait in milliseconds as JSON; the status is 0 if there was no answer.
 */
export const FETCH = String.raw`
  ${DEFINE_BOUNDED}
  // Answers hold long titles too.
  const shortened = (text) => {
    try {
      return bounded(JSON.parse(text));
    } catch {
      return text.slice(0, 4000);
    }
  };
  // In seconds, or a date.
  const waitIn = (response) => {
    const asked = response.headers.get('retry-after') || '';
    const ms = /^\s*\d+\s*$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - Date.now();
    return ms > 0 ? ms : 0;
  };
  const [address, timeoutMs] = arguments;
  return fetch(address, { credentials: 'same-origin', signal: AbortSignal.timeout(timeoutMs) })
    .then((response) => response.text().then((text) => JSON.stringify({
      status: response.status, retryAfterMs: waitIn(response), text: shortened(text),
    })))
    .catch((error) => JSON.stringify({ status: 0, retryAfterMs: 0, text: String(error && error.name) }));
`;
