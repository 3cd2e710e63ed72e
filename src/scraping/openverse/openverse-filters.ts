import type { FilterName, Filters } from '../../jobs/request/filters.js';
import { type FilterPlan, sizeToFind, supportOf } from '../filter-support.js';

/** Openverse classifies sizes by area, so the neighbouring classes are included. */
const SIZES = { small: 'small', medium: 'small,medium', large: 'medium,large' } as const;
const ASPECTS = { square: 'square', wide: 'wide', tall: 'tall', panoramic: 'wide' } as const;
/** Everything there may be reused; further permissions depend on the licence. */
const LICENCES = {
  reuse: null,
  commercial: 'by,by-sa,by-nd,cc0,pdm,sampling+',
  modification: 'by,by-sa,by-nc,by-nc-sa,cc0,pdm,sampling+,nc-sampling+',
  commercial_modification: 'by,by-sa,cc0,pdm,sampling+',
  public_domain: 'cc0,pdm',
} as const;
/** Openverse has no AVIF. */
const EXTENSIONS: Readonly<Partial<Record<NonNullable<Filters['fileType']>, string>>> = {
  jpeg: 'jpg,jpeg',
  png: 'png',
  gif: 'gif',
  webp: 'webp',
};
const CATEGORIES: Readonly<Partial<Record<NonNullable<Filters['type']>, string>>> = {
  photo: 'photograph',
  clipart: 'illustration',
};

/** Expresses the filters to Openverse. */
export function openverseFilters(filters: Filters): FilterPlan {
  const { licence, aspect, type, safe = 'moderate' } = filters;
  const size = sizeToFind(filters);
  const fileType = filters.fileType ?? (type === 'animated' ? 'gif' : undefined);
  const parameters = {
    size: size && SIZES[size],
    aspect_ratio: aspect && ASPECTS[aspect],
    license: licence && (LICENCES[licence] ?? undefined),
    extension: fileType && EXTENSIONS[fileType],
    category: type && CATEGORIES[type],
    // Any value of it, even `false`, has been seen to switch it on.
    unstable__include_sensitive_results: safe === 'off' ? 'true' : undefined,
  };
  const applied: FilterName[] = ['size', 'aspect', 'licence', 'safe'];
  if (parameters.extension !== undefined) applied.push('fileType');
  if (parameters.category !== undefined) applied.push('type');
  return {
    words: [],
    parameters: Object.fromEntries(
      Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    support: supportOf('openverse', filters, applied),
  };
}
