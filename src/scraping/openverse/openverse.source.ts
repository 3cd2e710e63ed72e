import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../../config/settings.js';
import type { Candidate } from '../../jobs/candidate.js';
import type { Filters } from '../../jobs/request/filters.js';
import type { FilterPlan } from '../filter-support.js';
import { ImageSource, type SearchQuery } from '../image-source.port.js';
import { JsonApi } from '../json-api/json-api.js';
import { openverseFilters } from './openverse-filters.js';
import { OpenverseSearch } from './openverse-search.js';

/** Openverse, asked through its API without a key. */
@Injectable()
export class OpenverseSource extends ImageSource {
  override readonly name = 'openverse';

  constructor(
    private readonly api: JsonApi,
    @Inject(SETTINGS_TOKEN) private readonly settings: Pick<Settings, 'openverseUrl'>,
  ) {
    super();
  }

  override plan(filters: Filters): FilterPlan {
    return openverseFilters(filters);
  }

  override search(query: SearchQuery, signal: AbortSignal): AsyncGenerator<readonly Candidate[], void, void> {
    return new OpenverseSearch(this.api, this.settings.openverseUrl, query, signal).batches();
  }
}
