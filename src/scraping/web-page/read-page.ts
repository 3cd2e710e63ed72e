import type { Tab } from '../browser/browser.port.js';
import { isScriptFailure } from '../browser/webdriver-errors.js';
import { pause } from '../../jobs/pause.js';
import type { PageSigns } from './page-signs.js';

const POLL_MS = 100;
/** A check for robots that leads on to itself so often does it for ever. */
const MOST_DOCUMENTS = 3;

/** A page as read: of what is read, as much as it takes to tell documents apart. */
interface PageRead {
  readonly facts: Pick<PageSigns, 'documentId' | 'isLoading'>;
}

/**
 * Reads the page of a tab as it stands.
 * @param script body of a function that returns its facts as JSON
 * @param nothing what is read while one page is gone and the next has not come
 * @param args the function's arguments
 */
export async function readFacts<T>(
  tab: Tab,
  script: string,
  nothing: T,
  ...args: readonly unknown[]
): Promise<T> {
  try {
    const json = await tab.run(script, ...args);
    if (typeof json === 'string') return JSON.parse(json) as T;
  } catch (error) {
    // The page went away under the script: the next one is on its way.
    if (!isScriptFailure(error)) throw error;
  }
  return nothing;
}

/**
 * Reads again and again until what is read is ready, `rounds` times at most, a tenth of a second apart; no further
 * where one document after the other came and none was ready.
 */
export async function readPageWhen<T extends PageRead>(
  read: () => Promise<T>,
  isReady: (page: T) => boolean,
  rounds: number,
  signal: AbortSignal,
): Promise<T> {
  let page = await read();
  const documents = new Set<number>();
  for (let round = 1; round < rounds && !isReady(page); round += 1) {
    if (!page.facts.isLoading) documents.add(page.facts.documentId);
    if (documents.size >= MOST_DOCUMENTS) break;
    await pause(POLL_MS, signal);
    page = await read();
  }
  return page;
}
