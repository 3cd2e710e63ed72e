import type { Candidate } from '../jobs/candidate.js';
import type { Filters } from '../jobs/request/filters.js';
import type { FilterSupport } from './filter-support.js';
import { allows } from './licence-terms.js';

/**
 * Whether what a result states lets it pass the filters that no look at a file can tell: site and licence. A
 * statement counts more than what the engine was asked for; without one, the engine is believed where it
 * narrowed its search.
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

/** An image may stand on a site's page and come from somewhere else, or the other way round. */
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
