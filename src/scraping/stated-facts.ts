import type { Candidate } from '../jobs/candidate.js';
import type { Filters } from '../jobs/request/filters.js';
import type { FilterSupport } from './filter-support.js';
import { allows } from './licence-terms.js';

/**
 * Whether the stated facts of a result pass the filters that a file cannot show: site and licence. A
 * statement outweighs the engine's own filter; without one, the engine is believed if it narrowed its search.
 */
export function agreesWithFilters(
  candidate: Pick<Candidate, 'imageUrl' | 'pageUrl' | 'licence'>,
  filters: Filters,
  support: FilterSupport,
): boolean {
  return isFromWantedSite(candidate, filters) && hasWantedLicence(candidate, filters, support);
}

function hasWantedLicence(
  { licence }: Pick<Candidate, 'licence'>,
  filters: Filters,
  support: FilterSupport,
): boolean {
  if (filters.licence === undefined) return true;
  return allows(licence, filters.licence) ?? support.licence === 'applied';
}

/** An image on a wanted page may come from elsewhere, or the other way round. */
function isFromWantedSite(
  { imageUrl, pageUrl }: Pick<Candidate, 'imageUrl' | 'pageUrl'>,
  { sites = [], withoutSites = [] }: Filters,
): boolean {
  const hosts = [pageUrl, imageUrl].flatMap((url) =>
    url !== null && URL.canParse(url) ? [new URL(url).hostname] : [],
  );
  const isAmong = (list: readonly string[]): boolean =>
    list.some((site) => hosts.some((host) => host === site || host.endsWith(`.${site}`)));
  return (sites.length === 0 || isAmong(sites)) && !isAmong(withoutSites);
}
