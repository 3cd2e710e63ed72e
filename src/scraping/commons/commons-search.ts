import { AppError } from '../../jobs/app-error.js';
import type { Candidate } from '../../jobs/candidate.js';
import type { SearchQuery } from '../image-source.port.js';
import type { JsonApi } from '../json-api/json-api.js';
import type { Bag } from '../shapes.js';
import { UnseenResults } from '../unseen-results.js';
import { type CommonsAnswer, failureInAnswer, mergePages, readCommonsAnswer } from './commons-answer.js';
import { readFile } from './commons-files.js';
import { commonsFilters, isForEverybody } from './commons-filters.js';

/** The most answers of one batch. */
const MOST_ANSWERS = 20;

/**
 * The parameters of every question: bitmap files with address, size and licence, the preview in a width the
 * servers keep ready, and no answer from servers that lag behind.
 * @see https://www.mediawiki.org/wiki/API:Search
 */
const PARAMETERS = {
  action: 'query',
  format: 'json',
  formatversion: '2',
  generator: 'search',
  gsrnamespace: '6',
  gsrlimit: '50',
  prop: 'imageinfo',
  iiprop: 'url|size|mime|user|extmetadata',
  iiextmetadatafilter:
    'ObjectName|Artist|Attribution|Credit|Categories|License|LicenseShortName|LicenseUrl|UsageTerms',
  iiextmetadatalanguage: 'en',
  iiurlwidth: '330',
  maxlag: '5',
} as const;

/** One search: batch after batch of the MediaWiki API, each merged from as many answers as it takes. */
export class CommonsSearch {
  private readonly words: string;
  private readonly isOpen: boolean;
  /** Includes the files that are not for everybody. */
  private readonly results = new UnseenResults('commons');

  constructor(
    private readonly api: JsonApi,
    private readonly baseUrl: string,
    { text, filters }: SearchQuery,
    private readonly signal: AbortSignal,
  ) {
    this.words = ['filetype:bitmap', text, ...commonsFilters(filters).words].join(' ');
    this.isOpen = filters.safe === 'off';
  }

  /** One batch of new candidates at a time; ends when there are no more. */
  async *batches(): AsyncGenerator<readonly Candidate[], void, void> {
    let goOn: CommonsAnswer['goOn'] = {};
    while (goOn !== null) {
      const batch = await this.batch(goOn);
      const before = this.results.count;
      const pages = mergePages(batch.pages);
      this.assertReadable(pages);
      const fresh = this.newCandidates(pages);
      if (this.results.count === 0) throw new AppError('source.no_results', { engine: 'commons', found: 0 });
      if (fresh.length > 0) yield fresh;
      if (this.results.count === before) return;
      ({ goOn } = batch);
    }
  }

  /** @throws AppError `source.layout_changed` if there are files and none can be read */
  private assertReadable(pages: readonly Bag[]): void {
    const isThere = pages.some((page) => !('missing' in page) && page['imagerepository'] !== '');
    if (isThere && pages.every((page) => readFile(page) === null))
      throw new AppError('source.layout_changed', { engine: 'commons', found: this.results.count });
  }

  private async batch(start: Readonly<Record<string, string>>): Promise<{
    readonly pages: readonly (readonly Bag[])[];
    readonly goOn: CommonsAnswer['goOn'];
  }> {
    const pages: (readonly Bag[])[] = [];
    let goOn: CommonsAnswer['goOn'] = start;
    while (goOn !== null && pages.length < MOST_ANSWERS) {
      const answer = await this.ask(goOn);
      pages.push(answer.pages);
      // An answer that repeats itself would do so for ever.
      const isStuck: boolean = JSON.stringify(answer.goOn) === JSON.stringify(goOn);
      goOn = isStuck ? null : answer.goOn;
      if (answer.isBatchDone) break;
    }
    return { pages, goOn };
  }

  /** @throws AppError `source.layout_changed` if the answer is not about a search */
  private async ask(goOn: Readonly<Record<string, string>>): Promise<CommonsAnswer> {
    const parameters = new URLSearchParams({ ...PARAMETERS, gsrsearch: this.words, ...goOn });
    const url = `${this.baseUrl}/w/api.php?${parameters}`;
    const question = { engine: 'commons', url, failureIn: failureInAnswer } as const;
    const { json } = await this.api.get(question, this.signal);
    const answer = readCommonsAnswer(json);
    if (answer !== null) return answer;
    throw new AppError('source.layout_changed', { engine: 'commons', found: this.results.count });
  }

  /** The new files, without those not for everybody unless the request wants them. */
  private newCandidates(pages: readonly Bag[]): readonly Candidate[] {
    const files = pages.map(readFile).filter((file) => file !== null);
    const shown = files.filter(({ words }) => this.isOpen || isForEverybody(words));
    const ids = new Set(shown.map(({ result }) => result.sourceId));
    return this.results
      .newAmong(files.map(({ result }) => result))
      .filter(({ sourceId }) => ids.has(sourceId));
  }
}
