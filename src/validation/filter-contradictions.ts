import type { Filters } from '../jobs/request/filters.js';
import { type FilterField, REQUEST_FIELDS } from '../jobs/request/request-fields.js';
import { hasAspect, LARGE_FROM_PX, MEDIUM_FROM_PX, sizeClassOf } from '../jobs/request/image-shape.js';
import { refuse, type Refused } from './reading.js';

/** Problems of filters that contradict other filters. */
export type FilterProblems = Partial<Record<FilterField, Refused>>;

const SIZE_MEANING = {
  small: `less than ${MEDIUM_FROM_PX} pixels`,
  medium: `${MEDIUM_FROM_PX} to ${LARGE_FROM_PX - 1} pixels`,
  large: `${LARGE_FROM_PX} pixels or more`,
} as const;
const SMALLER_THAN = { small: MEDIUM_FROM_PX, medium: LARGE_FROM_PX, large: Infinity } as const;
const MOVING: readonly Filters['fileType'][] = ['gif', 'webp'];

/**
 * Finds filters that no image can satisfy together, and reports each beside the one that is easier to change.
 */
export function contradictionsIn(filters: Filters): FilterProblems {
  return { ...inPixels(filters), ...inKind(filters), ...inSites(filters) };
}

function inPixels(filters: Filters): FilterProblems {
  const { exactWidth: width, exactHeight: height, minWidth = 0, minHeight = 0, aspect, size } = filters;
  if (width === undefined || height === undefined) {
    const least = Math.max(minWidth, minHeight);
    return size !== undefined && least >= SMALLER_THAN[size] ? { size: wrongSize(size, `${least}`) } : {};
  }
  const exact = `${width} × ${height}`;
  return {
    ...(size !== undefined && sizeClassOf(width, height) !== size ? { size: wrongSize(size, exact) } : {}),
    ...(minWidth > width ? { minWidth: refuse('minimum.above_exact', { exact }) } : {}),
    ...(minHeight > height ? { minHeight: refuse('minimum.above_exact', { exact }) } : {}),
    ...(aspect !== undefined && !hasAspect(aspect, width, height)
      ? { aspect: refuse('aspect.contradicts', { exact, aspect: REQUEST_FIELDS.aspect.choices[aspect] }) }
      : {}),
  };
}

function wrongSize(size: NonNullable<Filters['size']>, pixels: string): Refused {
  return refuse('size.contradicts', {
    pixels,
    size: REQUEST_FIELDS.size.choices[size],
    meaning: SIZE_MEANING[size],
  });
}

function inKind({ fileType, type, color }: Filters): FilterProblems {
  if (fileType === undefined) return {};
  if (type === 'animated' && !MOVING.includes(fileType))
    return {
      fileType: refuse('fileType.not_animated', { fileType: REQUEST_FIELDS.fileType.choices[fileType] }),
    };
  if (fileType === 'jpeg' && color === 'transparent') return { fileType: refuse('fileType.not_transparent') };
  return {};
}

/** A part of a wanted site may be excluded, but not the whole site. */
function inSites({ sites = [], withoutSites = [] }: Filters): FilterProblems {
  const site = sites.find((wanted) =>
    withoutSites.some((other) => wanted === other || wanted.endsWith(`.${other}`)),
  );
  return site === undefined ? {} : { withoutSites: refuse('sites.in_both', { site }) };
}
