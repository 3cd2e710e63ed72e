import { AppError, isAppError } from '../../jobs/app-error.js';
import type { Candidate } from '../../jobs/candidate.js';
import type { SearchQuery } from '../image-source.port.js';
import { type JsonApi, LONGEST_WAIT_MS } from '../json-api/json-api.js';
import { UnseenResults } from '../unseen-results.js';
import { type OpenverseAnswer, readOpenverseAnswer } from './openverse-answer.js';
import { pause } from '../../jobs/timing/pause.js';
import { openverseFilters } from './openverse-filters.js';
import { paceMs } from './openverse-pace.js';

/** The API refuses larger pages without a key. */
const PAGE_SIZE = 20;

/** One search: page after page of the API. */
export class OpenverseSearch {
  private readonly parameters: Readonly<Record<string, string>>;
  private readonly results = new UnseenResults('openverse');
  private waitMs = 0;

  constructor(
    private readonly api: JsonApi,
    private readonly baseUrl: string,
    { text, filters }: SearchQuery,
    private readonly signal: AbortSignal,
  ) {
    this.parameters = { q: text, page_size: String(PAGE_SIZE), ...openverseFilters(filters).parameters };
  }

  /** One batch of new candidates for each page; ends when there are no more. */
  async *batches(): AsyncGenerator<readonly Candidate[], void, void> {
    for (let page = 1; ; page += 1) {
      const answer = await this.page(page);
      if (answer === null) return;
      const batch = this.results.newAmong(answer.results);
      if (batch.length === 0) return;
      yield batch;
      if (isLast(answer, page)) return;
    }
  }

  /** @returns null if there is no such page @throws AppError if there are no results at all */
  private async page(page: number): Promise<OpenverseAnswer | null> {
    await this.keepPace();
    const answer = await this.ask(page);
    if (page === 1 && answer?.results.length === 0)
      throw new AppError('source.no_results', { engine: 'openverse', found: 0 });
    return answer;
  }

  /** @throws AppError `source.blocked` if the API's limit requires too long a wait */
  private async keepPace(): Promise<void> {
    if (this.waitMs > LONGEST_WAIT_MS) {
      const context = { engine: 'openverse', found: this.results.count, reason: 'pace' };
      throw new AppError('source.blocked', { ...context, retryAfterMs: this.waitMs });
    }
    await pause(this.waitMs, this.signal);
  }

  private async ask(page: number): Promise<OpenverseAnswer | null> {
    const parameters = new URLSearchParams({ ...this.parameters, page: String(page) });
    const url = `${this.baseUrl}/v1/images/?${parameters}`;
    try {
      const { json, headers } = await this.api.get({ engine: 'openverse', url }, this.signal);
      this.waitMs = paceMs(headers);
      const answer = readOpenverseAnswer(json);
      if (answer !== null) return answer;
      throw new AppError('source.layout_changed', { engine: 'openverse', found: this.results.count });
    } catch (error) {
      if (page > 1 && isBeyondTheLast(error)) return null;
      throw error;
    }
  }
}

function isLast({ results, pageCount, resultCount }: OpenverseAnswer, page: number): boolean {
  if (results.length === 0) return true;
  if (pageCount !== null) return page >= pageCount;
  return resultCount === null ? results.length < PAGE_SIZE : page * PAGE_SIZE >= resultCount;
}

/** Visitors without a key see the first pages only; the API says so in several ways. */
function isBeyondTheLast(error: unknown): boolean {
  return isAppError(error) && [400, 401, 404].includes(Number(error.context['status']));
}
