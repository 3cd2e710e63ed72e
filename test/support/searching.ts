import type { EngineUrls } from '../../src/config/engine-settings.js';
import type { Candidate } from '../../src/jobs/candidate.js';
import { BROWSER_DEFAULTS, type BrowserOptions } from '../../src/scraping/browser/browser-options.js';
import { LocalChromeBrowser } from '../../src/scraping/browser/local-chrome.browser.js';
import { BingSource } from '../../src/scraping/bing/bing.source.js';
import { DuckDuckGoSource } from '../../src/scraping/duckduckgo/duckduckgo.source.js';
import { GoogleSource } from '../../src/scraping/google/google.source.js';
import type { ImageSource } from '../../src/scraping/image-source.port.js';
import { urlsOf } from '../replica/engine-origins.ts';
import './quiet-logs.js';

/** A signal that never aborts. */
export const NEVER = new AbortController().signal;

/** A real Chrome for one test. */
export function testBrowser(changes: Partial<BrowserOptions> = {}): LocalChromeBrowser {
  return new LocalChromeBrowser({ ...BROWSER_DEFAULTS, ...changes });
}

/** Searches Google at `googleUrl`. */
export function searchGoogle(
  browser: LocalChromeBrowser,
  googleUrl: string,
  text: string,
  signal = NEVER,
): AsyncGenerator<readonly Candidate[], void, void> {
  return new GoogleSource(browser, { googleUrl }).search({ text, filters: {} }, signal);
}

/** The engines that need a browser, at addresses given by the test. */
export function webEngines(
  browser: LocalChromeBrowser,
  urls: Partial<EngineUrls>,
): { readonly bing: ImageSource; readonly duckduckgo: ImageSource } {
  const settings = { ...urlsOf(() => 'http://127.0.0.1:1'), ...urls };
  return { bing: new BingSource(browser, settings), duckduckgo: new DuckDuckGoSource(browser, settings) };
}

/** Pulls batches until there are `enough` candidates or the batches end. */
export async function pull(
  batches: AsyncIterable<readonly Candidate[]>,
  enough = Infinity,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for await (const batch of batches) {
    candidates.push(...batch);
    if (candidates.length >= enough) break;
  }
  return candidates;
}
