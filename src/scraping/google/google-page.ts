import { pause } from '../../jobs/timing/pause.js';
import type { Tab } from '../browser/browser.port.js';
import { NO_SIGNS } from '../web-page/page-signs.js';
import { readFacts, readPageWhen } from '../web-page/read-page.js';
import type { GoogleFacts } from './google-facts.js';
import { MEASURE, READ_GOOGLE_PAGE, REJECT_GOOGLE_CONSENT, SCROLL_ON } from './page-script.js';
import type { PageState } from '../web-page/page-state.js';
import { googleStateOf, isUndecidedGoogle } from './google-state.js';
import { type GoogleResult, googleResults } from './results.js';

const POLL_MS = 100;
/** The longest time for an unclear page to become clear. */
const SETTLE_ROUNDS = 40;
/** The same after pages with results: an unclear page is then most likely the end. */
const END_ROUNDS = 5;
/** The longest time for the answered consent wall to lead on. */
const CONSENT_ROUNDS = 100;
/** A scrolled page that stays unchanged for this long is complete. */
const QUIET_ROUNDS = 8;
/** The same after it brought something. */
const DONE_ROUNDS = 3;
/** The longest time for a scrolled page to change. */
const SCROLL_ROUNDS = 60;

/** The facts of a page with its results and state. */
export interface GoogleResultsPage {
  readonly facts: GoogleFacts;
  readonly results: readonly GoogleResult[];
  readonly state: PageState;
}

/** A page of Google in a tab. */
export class GooglePage {
  constructor(
    private readonly tab: Tab,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Loads an address and reads the page when its state is clear.
   * @param known document ids whose records need not be read again
   */
  async open(url: string, known: readonly string[]): Promise<GoogleResultsPage> {
    await this.tab.go(url);
    const rounds = known.length > 0 ? END_ROUNDS : SETTLE_ROUNDS;
    return this.readWhen(({ state }) => !isUndecidedGoogle(state), rounds, known);
  }

  /** Rejects the cookies of a consent wall. @returns the next page; null if there is no way to reject them */
  async rejectConsent(known: readonly string[]): Promise<GoogleResultsPage | null> {
    const wall = await this.tab.run(REJECT_GOOGLE_CONSENT);
    if (wall === null) return null;
    const hasLedOn = ({ facts, state }: GoogleResultsPage): boolean =>
      facts.documentId !== wall && !isUndecidedGoogle(state);
    return this.readWhen(hasLedOn, CONSENT_ROUNDS, known);
  }

  /** Scrolls to the end and reads the page when it stopped changing. */
  async scroll(known: readonly string[]): Promise<GoogleResultsPage> {
    const before = await this.measure();
    await this.tab.run(SCROLL_ON);
    let last = before;
    for (let round = 0, quiet = 0; round < SCROLL_ROUNDS; round += 1) {
      await pause(POLL_MS, this.signal);
      const now = await this.measure();
      quiet = now.tiles === last.tiles && now.fetched === last.fetched ? quiet + 1 : 0;
      last = now;
      if (quiet >= (now.tiles > before.tiles ? DONE_ROUNDS : QUIET_ROUNDS)) break;
    }
    return this.read(known);
  }

  private async measure(): Promise<{ readonly tiles: number; readonly fetched: number }> {
    const answer = await this.tab.run(MEASURE);
    const [tiles, fetched]: unknown[] = Array.isArray(answer) ? answer : [];
    return { tiles: Number(tiles), fetched: Number(fetched) };
  }

  private readWhen(
    isReady: (page: GoogleResultsPage) => boolean,
    rounds: number,
    known: readonly string[],
  ): Promise<GoogleResultsPage> {
    return readPageWhen(() => this.read(known), isReady, rounds, this.signal);
  }

  private async read(known: readonly string[]): Promise<GoogleResultsPage> {
    const facts = await readFacts(this.tab, READ_GOOGLE_PAGE, NOTHING_YET, known);
    const results = googleResults(facts);
    return { facts, results, state: googleStateOf(facts, results.length) };
  }
}

const NOTHING_YET: GoogleFacts = {
  ...NO_SIGNS,
  records: [],
  scripts: [],
  tiles: [],
  elsewhere: [],
  imageLinks: [],
  moreUrl: null,
  asksForScript: false,
  hasResultsPlace: false,
  elements: 0,
};
