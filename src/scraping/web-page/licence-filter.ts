import type { LicenceHint } from '../../jobs/candidate.js';
import type { EngineName } from '../../engines/engines.js';
import { engineWording } from '../../jobs/wording/filter-wording.js';
import type { Filters } from '../../jobs/request/filters.js';

/** The names in Bing's menu, whose results DuckDuckGo shows too. */
const NAMES = {
  reuse: 'Free to share and use',
  commercial: 'Free to share and use commercially',
  modification: 'Free to modify, share, and use',
  commercial_modification: 'Free to modify, share, and use commercially',
  public_domain: 'Public domain',
} as const;

/** The licence that an engine's filter implies for all its results; null without such a filter. */
export function licenceOfFilter(engine: EngineName, { licence }: Filters): LicenceHint | null {
  if (licence === undefined) return null;
  return { name: `${NAMES[licence]} (says ${engineWording(engine)})`, url: null, credit: null };
}
