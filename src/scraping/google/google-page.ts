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
/** How long a page that is not yet anything may take to become something. */
const SETTLE_ROUNDS = 40;
/** The same after other pages had results: then it is most likely the end of them. */
const END_ROUNDS = 5;
/** How long the answer to a consent wall may take to lead on. */
const CONSENT_ROUNDS = 100;
/** How long a scrolled page may stay as it is before that counts as all. */
const QUIET_ROUNDS = 8;
/** The same when it has brought something already. */
const DONE_ROUNDS = 3;
/** How long a scrolled page may go on changing. */
const SCROLL_ROUNDS = 60;

/** A page as read, with what it is. */
export interface GoogleResultsPage {
  readonly facts: GoogleFacts;
  readonly results: readonly GoogleResult[];
  readonly state: PageState;
}

/** The page of Google that a tab shows. */
export class GooglePage {
  constructor(
    private readonly tab: Tab,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Loads an address and reads what it shows, when it has become something.
   * @param known document ids whose records need not be read again
   */
  async open(url: string, known: readonly string[]): Promise<GoogleResultsPage> {
    await this.tab.go(url);
    const rounds = known.length > 0 ? END_ROUNDS : SETTLE_ROUNDS;
    return this.readWhen(({ state }) => !isUndecidedGoogle(state), rounds, known);
  }

  /** Refuses what a consent wall asks for. @returns the page it leads to; null where it cannot be refused */
  async rejectConsent(known: readonly string[]): Promise<GoogleResultsPage | null> {
    const wall = await this.tab.run(REJECT_GOOGLE_CONSENT);
    if (wall === null) return null;
    const hasLedOn = ({ facts, state }: GoogleResultsPage): boolean =>
      facts.documentId !== wall && !isUndecidedGoogle(state);
    return this.readWhen(hasLedOn, CONSENT_ROUNDS, known);
  }

  /** Scrolls to the end and reads the page when it has stopped changing. */
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
