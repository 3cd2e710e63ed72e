import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../../config/settings.js';
import type { Candidate } from '../../jobs/candidate.js';
import type { Filters } from '../../jobs/request/filters.js';
import type { FilterPlan } from '../filter-support.js';
import { ImageSource, type SearchQuery } from '../image-source.port.js';
import { JsonApi } from '../json-api/json-api.js';
import { commonsFilters } from './commons-filters.js';
import { CommonsSearch } from './commons-search.js';

/** Wikimedia Commons, asked through the MediaWiki API. */
@Injectable()
export class CommonsSource extends ImageSource {
  override readonly name = 'commons';

  constructor(
    private readonly api: JsonApi,
    @Inject(SETTINGS_TOKEN) private readonly settings: Pick<Settings, 'commonsUrl'>,
  ) {
    super();
  }

  override plan(filters: Filters): FilterPlan {
    return commonsFilters(filters);
  }

  override search(query: SearchQuery, signal: AbortSignal): AsyncGenerator<readonly Candidate[], void, void> {
    return new CommonsSearch(this.api, this.settings.commonsUrl, query, signal).batches();
  }
}
