import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../../config/settings.js';
import type { Candidate } from '../../jobs/candidate.js';
import type { Filters } from '../../jobs/request/filters.js';
import { Browser } from '../browser/browser.port.js';
import { inTab } from '../browser/in-tab.js';
import type { FilterPlan } from '../filter-support.js';
import { ImageSource, type SearchQuery } from '../image-source.port.js';
import { bingFilters } from './bing-filters.js';
import { BingSearch } from './bing-search.js';

/** Bing's image search, read in a real browser. */
@Injectable()
export class BingSource extends ImageSource {
  override readonly name = 'bing';

  constructor(
    private readonly browser: Browser,
    @Inject(SETTINGS_TOKEN) private readonly settings: Pick<Settings, 'bingUrl'>,
  ) {
    super();
  }

  override plan(filters: Filters): FilterPlan {
    return bingFilters(filters);
  }

  override search(query: SearchQuery, signal: AbortSignal): AsyncGenerator<readonly Candidate[], void, void> {
    const { bingUrl } = this.settings;
    return inTab(this.browser, signal, (tab) => new BingSearch(tab, bingUrl, query, signal).batches());
  }
}
