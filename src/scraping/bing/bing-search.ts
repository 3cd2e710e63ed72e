import type { Candidate } from '../../jobs/candidate.js';
import type { Tab } from '../browser/browser.port.js';
import type { SearchQuery } from '../image-source.port.js';
import { UnseenResults } from '../unseen-results.js';
import { licenceOfFilter } from '../web-page/licence-filter.js';
import { failureOf } from '../web-page/page-failures.js';
import { isEnd } from '../web-page/page-state.js';
import { bingFilters } from './bing-filters.js';
import { BingPage, type BingResultsPage } from './bing-page.js';
import { type BingQuestion, bingTargetUrl, bingSearchUrl, type WindowSize } from './bing-url.js';

/** Number of further pages without new results that prove the end. */
const TRIES = 2;

/** One search: page after page, each named by the one before. */
export class BingSearch {
  private readonly page: BingPage;
  private readonly question: BingQuestion;
  private readonly results: UnseenResults;
  private window: WindowSize = { width: 0, height: 0 };
  private nextUrl: string | null = null;
  /** Results of the first page. */
  private first = 0;

  constructor(
    tab: Tab,
    private readonly baseUrl: string,
    query: SearchQuery,
    signal: AbortSignal,
  ) {
    this.page = new BingPage(tab, signal);
    this.question = { text: query.text, plan: bingFilters(query.filters) };
    this.results = new UnseenResults('bing', licenceOfFilter('bing', query.filters));
  }

  /** One batch of new candidates for each page; ends when there are no more. */
  async *batches(): AsyncGenerator<readonly Candidate[], void, void> {
    let batch = this.newCandidates(await this.opened());
    this.first = batch.length;
    while (batch.length > 0) {
      yield batch;
      batch = await this.followed();
    }
  }

  /** @throws AppError if the first page has no results */
  private async opened(): Promise<BingResultsPage> {
    this.window = await this.page.windowSize();
    const url = bingSearchUrl(this.baseUrl, this.question, this.window);
    let page = await this.page.open(url);
    // There are results behind the question, whatever the answer.
    if (page.facts.hasConsent && (await this.page.rejectConsent()) && page.state === 'consent')
      page = await this.page.open(url);
    if (page.state === 'results') return page;
    throw failureOf('bing', page.state, page.facts, 0);
  }

  private async followed(): Promise<readonly Candidate[]> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const url = this.following();
      if (url === null) return [];
      const page = await this.page.follow(url);
      if (isEnd(page.state, page.facts, this.first)) return [];
      if (page.state !== 'results') throw failureOf('bing', page.state, page.facts, this.results.count);
      const batch = this.newCandidates(page);
      if (batch.length > 0) return batch;
    }
    return [];
  }

  /** @returns null if the page before was the last one */
  private following(): string | null {
    if (this.nextUrl === null)
      return bingSearchUrl(this.baseUrl, this.question, this.window, this.results.count + 1);
    return this.nextUrl === '' ? null : bingTargetUrl(this.baseUrl, this.question, this.nextUrl);
  }

  /** Remembers the next address, and makes candidates of the new results. */
  private newCandidates({ results, facts }: BingResultsPage): readonly Candidate[] {
    this.nextUrl = facts.nextUrl;
    return this.results.newAmong(results);
  }
}
