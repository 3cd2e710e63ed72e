import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../../config/settings.js';
import type { Candidate } from '../../jobs/candidate.js';
import type { Filters } from '../../jobs/request/filters.js';
import { Browser } from '../browser/browser.port.js';
import { inTab } from '../browser/in-tab.js';
import type { FilterPlan } from '../filter-support.js';
import { ImageSource, type SearchQuery } from '../image-source.port.js';
import { duckDuckGoFilters } from './duckduckgo-filters.js';
import { DuckDuckGoSearch } from './duckduckgo-search.js';

/** DuckDuckGo's image search, asked from inside its page in a real browser. */
@Injectable()
export class DuckDuckGoSource extends ImageSource {
  override readonly name = 'duckduckgo';

  constructor(
    private readonly browser: Browser,
    @Inject(SETTINGS_TOKEN) private readonly settings: Pick<Settings, 'duckduckgoUrl'>,
  ) {
    super();
  }

  override plan(filters: Filters): FilterPlan {
    return duckDuckGoFilters(filters);
  }

  override search(query: SearchQuery, signal: AbortSignal): AsyncGenerator<readonly Candidate[], void, void> {
    const { duckduckgoUrl } = this.settings;
    return inTab(this.browser, signal, (tab) =>
      new DuckDuckGoSearch(tab, duckduckgoUrl, query, signal).batches(),
    );
  }
}
