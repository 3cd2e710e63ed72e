import type { Tab } from '../browser/browser.port.js';
import { NO_SIGNS, type PageSigns } from '../web-page/page-signs.js';
import { isUndecided, type PageState, stateOf } from '../web-page/page-state.js';
import { readFacts, readPageWhen } from '../web-page/read-page.js';
import { type RawItem, type BingResult, bingResults } from './bing-items.js';
import type { WindowSize } from './bing-url.js';
import { MEASURE_WINDOW, READ_BING_PAGE, REJECT_BING_CONSENT } from './page-script.js';

/** How long a page that is not yet anything may take to become something. */
const SETTLE_ROUNDS = 40;
/** The same for a batch after others: it comes whole, so one without results is most likely their end. */
const BATCH_ROUNDS = 3;

/** What was read from a page of Bing, as it stands. */
export interface BingFacts extends PageSigns {
  readonly items: readonly RawItem[];
  /** Where the page says that more is; empty: there is no more; null: it does not say. */
  readonly nextUrl: string | null;
}

/** A page as read, with what it is. */
export interface BingResultsPage {
  readonly facts: BingFacts;
  readonly results: readonly BingResult[];
  readonly state: PageState;
}

/** The page of Bing that a tab shows. */
export class BingPage {
  constructor(
    private readonly tab: Tab,
    private readonly signal: AbortSignal,
  ) {}

  /** The size of the window, whatever it shows. */
  async windowSize(): Promise<WindowSize> {
    const measured = await this.tab.run(MEASURE_WINDOW);
    const [width, height]: unknown[] = Array.isArray(measured) ? measured : [];
    return { width: Number(width ?? 0), height: Number(height ?? 0) };
  }

  /** Loads the first page and reads what it shows, when it has become something. */
  async open(url: string): Promise<BingResultsPage> {
    await this.tab.go(url);
    return this.readDecided(SETTLE_ROUNDS);
  }

  /** Loads a page that follows others. */
  async follow(url: string): Promise<BingResultsPage> {
    await this.tab.go(url);
    return this.readDecided(BATCH_ROUNDS);
  }

  /** Refuses what the question about cookies asks for. @returns false where it cannot be refused */
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
