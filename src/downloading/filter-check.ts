import type { Candidate } from '../jobs/candidate.js';
import type { FilterName, Filters } from '../jobs/filters.js';
import { hasColour } from './looks/colours.js';
import { Rejection } from './rejection.js';
import type { SeenImage } from './seen-image.js';

const MEDIUM_PX = 500;
const LARGE_PX = 1024;
/** How far width by height may be from 1 for a square. */
const SQUARE = 0.1;
const PANORAMIC = 2;

type Seen = Pick<SeenImage, 'file' | 'width' | 'height' | 'frames' | 'view'>;
type Checks = { readonly [Name in FilterName]?: (seen: Seen, wanted: NonNullable<Filters[Name]>) => boolean };

/** Everything that a decoded image can be held against. */
const CHECKS: Checks = {
  size: (seen, wanted) => sizeOf(seen) === wanted,
  minWidth: ({ width }, wanted) => width >= wanted,
  minHeight: ({ height }, wanted) => height >= wanted,
  exactWidth: ({ width }, wanted) => width === wanted,
  exactHeight: ({ height }, wanted) => height === wanted,
  aspect: (seen, wanted) => hasAspect(seen.width / seen.height, wanted),
  color: ({ view }, wanted) => hasColour(view, wanted),
  fileType: ({ file }, wanted) => file.format === wanted,
  type: ({ frames }, wanted) => wanted !== 'animated' || frames > 1,
};

/** @throws Rejection `filter_mismatch` with the name of the first filter that a decoded image does not meet */
export function assertMeets(seen: Seen, filters: Filters): void {
  const names = Object.keys(CHECKS) as (keyof Checks)[];
  const missed = names.find((name) => !meets(seen, name, filters));
  if (missed !== undefined) throw new Rejection('filter_mismatch', missed);
}

function meets<Name extends keyof Checks>(seen: Seen, name: Name, filters: Filters): boolean {
  const check = CHECKS[name];
  const wanted = filters[name];
  return check === undefined || wanted === undefined || wanted === null || check(seen, wanted);
}

/** Which site filter a result does not meet, told from its addresses; those of its page count, else the image's. */
export function siteMismatchOf(
  candidate: Candidate,
  { sites = [], withoutSites = [] }: Filters,
): FilterName | null {
  const address = candidate.pageUrl ?? candidate.imageUrl ?? '';
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  const isFrom = (site: string): boolean => host === site || host.endsWith(`.${site}`);
  if (sites.length > 0 && !sites.some(isFrom)) return 'sites';
  return withoutSites.some(isFrom) ? 'withoutSites' : null;
}

function sizeOf({ width, height }: Seen): Filters['size'] {
  const longestPx = Math.max(width, height);
  if (longestPx < MEDIUM_PX) return 'small';
  return longestPx < LARGE_PX ? 'medium' : 'large';
}

function hasAspect(ratio: number, wanted: NonNullable<Filters['aspect']>): boolean {
  if (wanted === 'panoramic') return ratio >= PANORAMIC;
  if (wanted === 'square') return Math.abs(ratio - 1) <= SQUARE;
  return wanted === 'wide' ? ratio > 1 + SQUARE : ratio < 1 - SQUARE;
}
