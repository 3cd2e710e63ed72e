import type { FilterName, Filters } from '../../jobs/request/filters.js';
import { hasAspect, sizeClassOf } from '../../jobs/request/image-shape.js';
import { hasColour } from '../../imaging/similarity/colours.js';
import { Rejection } from '../../jobs/rejection.js';
import type { SeenImage } from './seen-image.js';

type Seen = Pick<SeenImage, 'file' | 'width' | 'height' | 'frames' | 'miniature'>;
type Checks = { readonly [Name in FilterName]?: (seen: Seen, wanted: NonNullable<Filters[Name]>) => boolean };

/** Every filter that can be checked on a decoded image. */
const CHECKS: Checks = {
  size: ({ width, height }, wanted) => sizeClassOf(width, height) === wanted,
  minWidth: ({ width }, wanted) => width >= wanted,
  minHeight: ({ height }, wanted) => height >= wanted,
  exactWidth: ({ width }, wanted) => width === wanted,
  exactHeight: ({ height }, wanted) => height === wanted,
  aspect: ({ width, height }, wanted) => hasAspect(wanted, width, height),
  color: ({ miniature }, wanted) => hasColour(miniature, wanted),
  fileType: ({ file }, wanted) => file.format === wanted,
  type: ({ frames }, wanted) => wanted !== 'animated' || frames > 1,
};

/** @throws Rejection `filter_mismatch` with the name of the first filter that the image does not meet */
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
