import type { Browser } from '../../../src/scraping/browser/browser.port.js';
import type { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';
import type { GoogleSource } from '../../../src/scraping/google/google.source.js';
import { loadBuilt } from '../load-built.ts';

/** A browser of the build; close it with `onApplicationShutdown`. */
export async function builtBrowser(extraArguments: readonly string[] = []): Promise<LocalChromeBrowser> {
  const { BROWSER_DEFAULTS } = await loadBuilt<
    typeof import('../../../src/scraping/browser/browser-options.js')
  >('scraping/browser/browser-options.js');
  const browser = await loadBuilt<typeof import('../../../src/scraping/browser/local-chrome.browser.js')>(
    'scraping/browser/local-chrome.browser.js',
  );
  return new browser.LocalChromeBrowser({ ...BROWSER_DEFAULTS, extraArguments });
}

/** The Google engine of the build. */
export async function builtGoogle(browser: Browser, googleUrl: string): Promise<GoogleSource> {
  const google = await loadBuilt<typeof import('../../../src/scraping/google/google.source.js')>(
    'scraping/google/google.source.js',
  );
  return new google.GoogleSource(browser, { googleUrl });
}
