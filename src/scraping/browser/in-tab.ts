import type { Browser, Tab } from './browser.port.js';

/**
 * Runs a search in a new tab, which is closed when the search ends or its reader leaves.
 * @throws what `search` throws; AppError `browser.missing`, `browser.crashed`; the reason of `signal`
 */
export async function* inTab<T>(
  browser: Browser,
  signal: AbortSignal,
  search: (tab: Tab) => AsyncGenerator<T, void, void>,
): AsyncGenerator<T, void, void> {
  const tab = await browser.openTab(signal);
  try {
    yield* search(tab);
  } finally {
    await tab.close();
  }
}
