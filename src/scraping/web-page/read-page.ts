import type { Tab } from '../browser/browser.port.js';
import { isScriptFailure } from '../browser/webdriver-errors.js';
import { pause } from '../pause.js';

const POLL_MS = 100;

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

/** Reads again and again until what is read is ready, `rounds` times at most, a tenth of a second apart. */
export async function readWhen<T>(
  read: () => Promise<T>,
  isReady: (facts: T) => boolean,
  rounds: number,
  signal: AbortSignal,
): Promise<T> {
  let facts = await read();
  for (let round = 1; round < rounds && !isReady(facts); round += 1) {
    await pause(POLL_MS, signal);
    facts = await read();
  }
  return facts;
}
