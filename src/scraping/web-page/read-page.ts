import type { Tab } from '../browser/browser.port.js';
import { isScriptFailure } from '../browser/webdriver-errors.js';
import { pause } from '../../jobs/timing/pause.js';
import type { PageSigns } from './page-signs.js';

const POLL_MS = 100;
/** A check for robots that reloads itself this often never ends. */
const MOST_DOCUMENTS = 3;

/** The part of a page's facts that distinguishes documents. */
interface PageRead {
  readonly facts: Pick<PageSigns, 'documentId' | 'isLoading'>;
}

/**
 * Reads the page of a tab as it is.
 * @param script body of a function that returns its facts as JSON
 * @param nothing the facts while one page is gone and the next has not come
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
    // The page was left under the script: the next one is loading.
    if (!isScriptFailure(error)) throw error;
  }
  return nothing;
}

/**
 * Reads a page until it is ready, at most `rounds` times, a tenth of a second apart; stops earlier if it
 * keeps reloading without getting ready.
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
