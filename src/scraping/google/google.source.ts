import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../../config/settings.js';
import type { Candidate } from '../../jobs/candidate.js';
import type { Filters } from '../../jobs/request/filters.js';
import { Browser, type Tab } from '../browser/browser.port.js';
import { inTab } from '../browser/in-tab.js';
import type { FilterPlan } from '../filter-support.js';
import type { FoundCandidate } from '../found-candidate.js';
import { ImageSource, type SearchQuery } from '../image-source.port.js';
import { googleFilters } from './google-filters.js';
import { GooglePanel } from './google-panel.js';
import { GoogleSearch } from './google-search.js';

/** Google Images, read in a real browser. */
@Injectable()
export class GoogleSource extends ImageSource {
  override readonly name = 'google';

  constructor(
    private readonly browser: Browser,
    @Inject(SETTINGS_TOKEN) private readonly settings: Pick<Settings, 'googleUrl'>,
  ) {
    super();
  }

  override plan(filters: Filters): FilterPlan {
    return googleFilters(filters);
  }

  override search(
    query: SearchQuery,
    signal: AbortSignal,
  ): AsyncGenerator<readonly FoundCandidate[], void, void> {
    return inTab(this.browser, signal, (tab) => this.searchIn(tab, query, signal));
  }

  private async *searchIn(
    tab: Tab,
    query: SearchQuery,
    signal: AbortSignal,
  ): AsyncGenerator<readonly FoundCandidate[], void, void> {
    const panel = new GooglePanel(tab, signal);
    const resolvable = (candidate: Candidate): FoundCandidate =>
      candidate.imageUrl === null ? { ...candidate, resolve: () => panel.resolve(candidate) } : candidate;
    try {
      const { googleUrl } = this.settings;
      for await (const batch of new GoogleSearch(tab, googleUrl, query, signal).batches())
        yield batch.map(resolvable);
    } finally {
      panel.close();
    }
  }
}
