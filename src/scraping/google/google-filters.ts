import type { FilterName, Filters } from '../../jobs/request/filters.js';
import { type FilterPlan, siteWords, sizeToFind, supportOf } from '../filter-support.js';

/** Google's smallest class is icons. */
const SIZES = { small: 'isz:i', medium: 'isz:m', large: 'isz:l' } as const;
const TYPES = {
  photo: 'itp:photo',
  face: 'itp:face',
  clipart: 'itp:clipart',
  line: 'itp:lineart',
  animated: 'itp:animated',
} as const;
const ASPECTS = { square: 's', wide: 'w', tall: 't', panoramic: 'xw' } as const;
const AGES = { day: 'qdr:d', week: 'qdr:w', month: 'qdr:m', year: 'qdr:y' } as const;
/** Colour classes other than a single colour. */
const WHOLE = { color: 'ic:color', gray: 'ic:gray', transparent: 'ic:trans' } as const;
const FILE_WORDS = { jpeg: 'jpg', png: 'png', webp: 'webp', gif: 'gif', avif: 'avif' } as const;

/** Google filters by Creative Commons as a whole; its records state the licence. */
const ANY_LICENCE = 'sur:cl';

const APPLIED: readonly FilterName[] = [
  'size',
  'color',
  'type',
  'aspect',
  'age',
  'sites',
  'withoutSites',
  'safe',
  'fileType',
];

/**
 * Expresses the filters to Google: `tbs`, as in its own menu, and words. Moderate safe search is its default
 * and is left out, because a `safe` of any value has been seen to spoil the results.
 */
export function googleFilters(filters: Filters): FilterPlan {
  const { type, aspect, age, licence, fileType, safe } = filters;
  const tbs = [
    sizeFilter(filters),
    colorFilter(filters),
    type && TYPES[type],
    age && AGES[age],
    licence && ANY_LICENCE,
  ].filter((part) => part !== undefined);
  const isAnyLicence = licence === 'reuse';
  return {
    words: [...siteWords(filters), ...(fileType === undefined ? [] : [`filetype:${FILE_WORDS[fileType]}`])],
    parameters: {
      ...(tbs.length > 0 ? { tbs: tbs.join(',') } : {}),
      ...(aspect === undefined ? {} : { imgar: ASPECTS[aspect] }),
      ...(safe === 'off' ? { safe: 'off' } : safe === 'strict' ? { safe: 'active' } : {}),
    },
    support: supportOf('google', filters, isAnyLicence ? [...APPLIED, 'licence'] : APPLIED),
  };
}

function sizeFilter(filters: Filters): string | undefined {
  const { exactWidth, exactHeight } = filters;
  if (exactWidth !== undefined && exactHeight !== undefined)
    return `isz:ex,iszw:${exactWidth},iszh:${exactHeight}`;
  const size = sizeToFind(filters);
  return size && SIZES[size];
}

function colorFilter({ color }: Filters): string | undefined {
  if (color === undefined) return undefined;
  if (color === 'color' || color === 'gray' || color === 'transparent') return WHOLE[color];
  return `ic:specific,isc:${color}`;
}
