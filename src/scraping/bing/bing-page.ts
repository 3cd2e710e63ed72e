import type { Tab } from '../browser/browser.port.js';
import { NO_SIGNS, type PageSigns } from '../web-page/page-signs.js';
import { isUndecided, type PageState, stateOf } from '../web-page/page-state.js';
import { readFacts, readPageWhen } from '../web-page/read-page.js';
import { type RawItem, type BingResult, bingResults } from './bing-items.js';
import type { WindowSize } from './bing-url.js';
import { MEASURE_WINDOW, READ_BING_PAGE, REJECT_BING_CONSENT } from './page-script.js';

/** The longest time for an unclear page to become clear. */
const SETTLE_ROUNDS = 40;
/** The same for a later page: it arrives whole, so one without results is most likely the end. */
const BATCH_ROUNDS = 3;

/** Facts of a page of Bing, not judged yet. */
export interface BingFacts extends PageSigns {
  readonly items: readonly RawItem[];
  /** The address of the next page; empty: there is none; null: the page names none. */
  readonly nextUrl: string | null;
}

/** The facts of a page with its results and state. */
export interface BingResultsPage {
  readonly facts: BingFacts;
  readonly results: readonly BingResult[];
  readonly state: PageState;
}

/** A page of Bing in a tab. */
export class BingPage {
  constructor(
    private readonly tab: Tab,
    private readonly signal: AbortSignal,
  ) {}

  /** The size of the window, whatever its content. */
  async windowSize(): Promise<WindowSize> {
    const measured = await this.tab.run(MEASURE_WINDOW);
    const [width, height]: unknown[] = Array.isArray(measured) ? measured : [];
    return { width: Number(width ?? 0), height: Number(height ?? 0) };
  }

  /** Loads the first page and reads it when its state is clear. */
  async open(url: string): Promise<BingResultsPage> {
    await this.tab.go(url);
    return this.readDecided(SETTLE_ROUNDS);
  }

  /** Loads a later page. */
  async follow(url: string): Promise<BingResultsPage> {
    await this.tab.go(url);
    return this.readDecided(BATCH_ROUNDS);
  }

  /** Rejects cookies. @returns false if there is no way to reject them */
  async rejectConsent(): Promise<boolean> {
    return (await this.tab.run(REJECT_BING_CONSENT)) === true;
  }

  private readDecided(rounds: number): Promise<BingResultsPage> {
    return readPageWhen(
      () => this.read(),
      ({ state }) => !isUndecided(state),
      rounds,
      this.signal,
    );
  }

  private async read(): Promise<BingResultsPage> {
    const nothing: BingFacts = { ...NO_SIGNS, items: [], nextUrl: null };
    const facts = await readFacts(this.tab, READ_BING_PAGE, nothing);
    const results = bingResults(facts.items);
    return { facts, results, state: stateOf(facts, results.length) };
  }
}
