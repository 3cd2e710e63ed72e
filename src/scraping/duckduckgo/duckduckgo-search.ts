import type { Candidate } from '../../jobs/candidate.js';
import type { Tab } from '../browser/browser.port.js';
import type { SearchQuery } from '../image-source.port.js';
import { UnseenResults } from '../unseen-results.js';
import { licenceOfFilter } from '../web-page/licence-filter.js';
import { failureOf } from '../web-page/page-failures.js';
import { saysItIsTheEnd } from '../web-page/page-state.js';
import type { DuckDuckGoAnswer } from './duckduckgo-answer.js';
import { duckDuckGoFilters, pageLevel } from './duckduckgo-filters.js';
import { DuckDuckGoPage } from './duckduckgo-page.js';
import { answerUrl, type DuckDuckGoQuestion, pageUrl } from './duckduckgo-url.js';

/** Number of further answers without new results that prove the end. */
const TRIES = 2;

/** One search: a page with a token, then answer after answer, each named by the one before. */
export class DuckDuckGoSearch {
  private readonly page: DuckDuckGoPage;
  private readonly question: DuckDuckGoQuestion;
  private readonly results: UnseenResults;
  private token = '';
  private next: string | null = null;

  constructor(
    tab: Tab,
    private readonly baseUrl: string,
    { text, filters }: SearchQuery,
    signal: AbortSignal,
  ) {
    this.page = new DuckDuckGoPage(tab, signal);
    this.question = { text, plan: duckDuckGoFilters(filters), pageLevel: pageLevel(filters) };
    this.results = new UnseenResults('duckduckgo', licenceOfFilter('duckduckgo', filters));
  }

  /** One batch of new candidates for each answer; ends when there are no more. */
  async *batches(): AsyncGenerator<readonly Candidate[], void, void> {
    await this.open();
    let batch = await this.answered(null);
    while (batch.length > 0) {
      yield batch;
      batch = await this.followed();
    }
  }

  /** @throws AppError if the page has no token */
  private async open(): Promise<void> {
    const { facts, state } = await this.page.open(pageUrl(this.baseUrl, this.question));
    if (facts.token === null) throw failureOf('duckduckgo', unread(state), facts, 0);
    this.token = facts.token;
  }

  private async followed(): Promise<readonly Candidate[]> {
    for (let tries = 0; tries < TRIES && this.next !== null; tries += 1) {
      const batch = await this.answered(this.next);
      if (batch.length > 0) return batch;
    }
    return [];
  }

  /** @throws AppError if there are no results and there were none before */
  private async answered(next: string | null): Promise<readonly Candidate[]> {
    const read = await this.page.ask(answerUrl(this.baseUrl, this.question, this.token, next));
    if (read.answer !== null && read.state === 'results') return this.newCandidates(read.answer);
    this.next = null;
    if (this.results.count > 0 && saysItIsTheEnd(read.state)) return [];
    throw failureOf('duckduckgo', unread(read.state), read, this.results.count);
  }

  /** Remembers the next address and token, and makes candidates of the new results. */
  private newCandidates({ results, next, token }: DuckDuckGoAnswer): readonly Candidate[] {
    this.next = next;
    this.token = token ?? this.token;
    return this.results.newAmong(results);
  }
}

type Unread = Parameters<typeof failureOf>[1];

/** A page without a token, or an answer without results, is no `results`. */
function unread(state: Unread | 'results'): Unread {
  return state === 'results' ? 'layout_changed' : state;
}
