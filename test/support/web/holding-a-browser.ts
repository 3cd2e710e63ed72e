/** A process that opens a tab, reports it, and waits; SIGUSR2 ends it. */
import { BROWSER_DEFAULTS } from '../../../src/scraping/browser/browser-options.js';
import { LocalChromeBrowser } from '../../../src/scraping/browser/local-chrome.browser.js';

const browser = new LocalChromeBrowser(BROWSER_DEFAULTS);
await browser.openTab(new AbortController().signal);
// Install the handler before reporting: the reader may send the signal at once.
process.once('SIGUSR2', () => process.exit());
setInterval(() => {}, 1000);
process.stdout.write('open\n');
