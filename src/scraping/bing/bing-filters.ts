import type { FilterName, Filters } from '../../jobs/request/filters.js';
import { type FilterPlan, siteWords, sizeToFind, supportOf } from '../filter-support.js';

const TYPES = {
  photo: 'photo-photo',
  clipart: 'photo-clipart',
  line: 'photo-linedrawing',
  animated: 'photo-animatedgif',
  face: 'face-face',
} as const;
/** Bing has no class for panoramas. */
const ASPECTS = {
  square: 'aspect-square',
  wide: 'aspect-wide',
  tall: 'aspect-tall',
  panoramic: 'aspect-wide',
} as const;
/** In minutes. */
const AGES = {
  day: 'age-lt1440',
  week: 'age-lt10080',
  month: 'age-lt43200',
  year: 'age-lt525600',
} as const;
const LICENCES = {
  reuse: 'license-L2_L3_L4_L5_L6_L7',
  commercial: 'license-L2_L3_L4',
  modification: 'license-L2_L3_L5_L6',
  commercial_modification: 'license-L2_L3',
  public_domain: 'license-L1',
} as const;
/** The filters Bing narrows its search by. */
const APPLIED: readonly FilterName[] = [
  'size',
  'color',
  'type',
  'aspect',
  'licence',
  'age',
  'sites',
  'withoutSites',
  'safe',
];

/** Expresses the filters to Bing: `qft`, as in its own menu, and `adlt`. */
export function bingFilters(filters: Filters): FilterPlan {
  const chosen = [
    sizeFilter(filters),
    colorFilter(filters),
    filters.type && TYPES[filters.type],
    filters.aspect && ASPECTS[filters.aspect],
    filters.age && AGES[filters.age],
    filters.licence && LICENCES[filters.licence],
  ].filter((name) => name !== undefined);
  const qft = chosen.map((name) => `+filterui:${name}`).join('');
  const applied = APPLIED.filter((name) => name !== 'color' || colorFilter(filters) !== undefined);
  return {
    words: siteWords(filters),
    parameters: { ...(qft === '' ? {} : { qft }), adlt: filters.safe ?? 'moderate' },
    support: supportOf('bing', filters, applied),
  };
}

/** Bing's custom size is a minimum. */
function sizeFilter(filters: Filters): string | undefined {
  const width = filters.exactWidth ?? filters.minWidth;
  const height = filters.exactHeight ?? filters.minHeight;
  if (width !== undefined && height !== undefined) return `imagesize-custom_${width}_${height}`;
  const size = sizeToFind(filters);
  return size && `imagesize-${size}`;
}

/** Transparency is a kind of picture for Bing, which accepts a single kind. */
function colorFilter({ color, type }: Filters): string | undefined {
  switch (color) {
    case undefined:
      return undefined;
    case 'color':
      return 'color2-color';
    case 'gray':
      return 'color2-bw';
    case 'transparent':
      return type === undefined || type === 'face' ? 'photo-transparent' : undefined;
    default:
      return `color2-FGcls_${color.toUpperCase()}`;
  }
}
