import { AppError } from '../../jobs/app-error.js';
import type { Candidate } from '../../jobs/candidate.js';
import type { Tab } from '../browser/browser.port.js';
import type { SearchQuery } from '../image-source.port.js';
import { areRelated } from '../related.js';
import { UnseenResults } from '../unseen-results.js';
import { failureOf } from '../web-page/page-failures.js';
import { isEnd } from '../web-page/page-state.js';
import { GooglePage, type GoogleResultsPage } from './google-page.js';
import { googleFilters } from './google-filters.js';
import {
  googleTargetUrl,
  type GoogleQuestion,
  googleSearchUrl,
  START_STEP,
  startOfLink,
} from './google-url.js';

/** Number of further pages without new results that prove the end. */
const TRIES = 2;

/** One search: page after page, first by scrolling while that brings results, then by address. */
export class GoogleSearch {
  private readonly page: GooglePage;
  private readonly question: GoogleQuestion;
  private readonly results = new UnseenResults('google');
  private start = 0;
  /** Results of the first page. */
  private first = 0;
  private moreUrl: string | null = null;
  private isConsentAnswered = false;
  private canScroll = true;
  /** Whether a page repeats much of the one before: then pages are addressed by results, not by tens. */
  private isOverlapping = false;

  constructor(
    tab: Tab,
    private readonly baseUrl: string,
    { text, filters }: SearchQuery,
    signal: AbortSignal,
  ) {
    this.page = new GooglePage(tab, signal);
    this.question = { text, plan: googleFilters(filters) };
  }

  /** One batch of new candidates for each page; ends when there are no more. */
  async *batches(): AsyncGenerator<readonly Candidate[], void, void> {
    const { results } = await this.open(googleSearchUrl(this.baseUrl, this.question));
    let batch = this.results.newAmong(results);
    this.first = batch.length;
    this.assertRelated(batch);
    while (batch.length > 0) {
      yield batch;
      batch = await this.scrolled();
      if (batch.length === 0) batch = await this.turned();
    }
  }

  private async scrolled(): Promise<readonly Candidate[]> {
    if (!this.canScroll) return [];
    const page = await this.page.scroll(this.results.ids);
    const batch = this.results.newAmong(page.results);
    this.canScroll = batch.length > 0;
    if (this.canScroll) this.start += START_STEP;
    return batch;
  }

  private async turned(): Promise<readonly Candidate[]> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const page = await this.open(this.nextUrl());
      const batch = this.results.newAmong(page.results);
      this.isOverlapping ||= batch.length * 2 < page.results.length;
      if (batch.length > 0 || page.state !== 'results') return batch;
    }
    return [];
  }

  private nextUrl(): string {
    const linked = startOfLink(this.moreUrl);
    const usual = this.start + START_STEP;
    if (this.isOverlapping) this.start = Math.max(usual, this.results.count);
    else this.start = Math.max(usual, linked ?? 0);
    if (this.moreUrl === null || linked === null)
      return googleSearchUrl(this.baseUrl, this.question, this.start);
    return googleTargetUrl(this.baseUrl, this.question, this.moreUrl, this.start);
  }

  /** Opens a page, past a consent wall if there is one. @throws AppError if it has no results */
  private async open(url: string): Promise<GoogleResultsPage> {
    let page = await this.page.open(url, this.results.ids);
    if (page.state === 'consent' && !this.isConsentAnswered) {
      this.isConsentAnswered = true;
      const led = await this.page.rejectConsent(this.results.ids);
      // The wall may lead anywhere, e.g. to the home page.
      if (led !== null) page = led.state === 'results' ? led : await this.page.open(url, this.results.ids);
    }
    this.moreUrl = page.facts.moreUrl;
    if (page.state === 'results' || this.isEnd(page)) return page;
    throw failureOf('google', page.state, page.facts, this.results.count);
  }

  /** Checks the results of a requested safe search instead of trusting them. @throws AppError */
  private assertRelated(batch: readonly Candidate[]): void {
    const { text, plan } = this.question;
    if (!('safe' in plan.parameters) || areRelated(batch, text)) return;
    throw new AppError('source.cannot_filter', { engine: 'google', filters: 'safe', reason: 'unrelated' });
  }

  /** After results, a page without any is mostly their end. */
  private isEnd({ state, facts }: GoogleResultsPage): boolean {
    return this.results.count > 0 && isEnd(state, facts, this.first);
  }
}
