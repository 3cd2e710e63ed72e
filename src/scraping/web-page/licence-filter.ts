import type { LicenceHint } from '../../jobs/candidate.js';
import type { EngineName } from '../../engines/engines.js';
import { engineWording } from '../../jobs/wording/filter-wording.js';
import type { Filters } from '../../jobs/request/filters.js';

/** As Bing's own menu calls them, whose results DuckDuckGo shows too. */
const NAMES = {
  reuse: 'Free to share and use',
  commercial: 'Free to share and use commercially',
  modification: 'Free to modify, share, and use',
  commercial_modification: 'Free to modify, share, and use commercially',
  public_domain: 'Public domain',
} as const;

/** What an engine's licence filter says of everything it lets through; null where none was asked for. */
export function licenceOfFilter(engine: EngineName, { licence }: Filters): LicenceHint | null {
  if (licence === undefined) return null;
  return { name: `${NAMES[licence]} (says ${engineWording(engine)})`, url: null, credit: null };
}
