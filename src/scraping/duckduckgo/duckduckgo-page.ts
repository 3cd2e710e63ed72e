import type { Tab } from '../browser/browser.port.js';
import { NO_SIGNS, type PageSigns } from '../web-page/page-signs.js';
import { isUndecided, type PageState, stateOf } from '../web-page/page-state.js';
import { readFacts, readPageWhen } from '../web-page/read-page.js';
import { type DuckDuckGoAnswer, readDuckDuckGoAnswer } from './duckduckgo-answer.js';
import { FETCH, READ_DUCKDUCKGO_PAGE } from './page-script.js';

/** The longest time for an unclear page to become clear. */
const SETTLE_ROUNDS = 40;
/** Shorter than the browser's limit for scripts. */
const ANSWER_TIMEOUT_MS = 20_000;

/** Facts of the page, not judged yet. */
export interface DuckDuckGoFacts extends PageSigns {
  /** The page's `vqd`. */
  readonly token: string | null;
}

/** An answer with its state. */
export interface ReadAnswer {
  readonly status: number;
  /** The requested wait in milliseconds; 0: none. */
  readonly retryAfterMs: number;
  /** Null if it is no answer to a search. */
  readonly answer: DuckDuckGoAnswer | null;
  readonly state: PageState;
}

/** A page of DuckDuckGo in a tab. */
export class DuckDuckGoPage {
  constructor(
    private readonly tab: Tab,
    private readonly signal: AbortSignal,
  ) {}

  /** Loads the page and reads its token; the state is `results` if there is one. */
  async open(url: string): Promise<{ readonly facts: DuckDuckGoFacts; readonly state: PageState }> {
    await this.tab.go(url);
    return readPageWhen(
      () => this.read(),
      ({ state }) => !isUndecided(state),
      SETTLE_ROUNDS,
      this.signal,
    );
  }

  /** Requests a batch of results from inside the page. */
  async ask(url: string): Promise<ReadAnswer> {
    const nothing = { status: 0, retryAfterMs: 0, text: '' };
    const json = await this.tab.run(FETCH, url, ANSWER_TIMEOUT_MS);
    const { status, retryAfterMs, text } =
      typeof json === 'string' ? (JSON.parse(json) as typeof nothing) : nothing;
    const answer = status === 200 ? readDuckDuckGoAnswer(text) : null;
    const read = { status, retryAfterMs, answer };
    if (status === 0) return { ...read, state: 'network_error' };
    if (answer !== null && answer.results.length === 0) return { ...read, state: 'no_results' };
    const signs = { ...NO_SIGNS, url, status, isLoading: false, text: text.slice(0, 4000) };
    return { ...read, state: stateOf(signs, answer?.results.length ?? 0) };
  }

  private async read(): Promise<{ readonly facts: DuckDuckGoFacts; readonly state: PageState }> {
    const facts = await readFacts<DuckDuckGoFacts>(this.tab, READ_DUCKDUCKGO_PAGE, {
      ...NO_SIGNS,
      token: null,
    });
    return { facts, state: stateOf(facts, facts.token === null ? 0 : 1) };
  }
}
