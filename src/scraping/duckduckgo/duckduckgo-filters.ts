import type { FilterName, Filters } from '../../jobs/request/filters.js';
import { type FilterPlan, siteWords, sizeToFind, supportOf } from '../filter-support.js';

const AGES = { day: 'Day', week: 'Week', month: 'Month', year: 'Year' } as const;
const SIZES = { small: 'Small', medium: 'Medium', large: 'Large' } as const;
/** DuckDuckGo has no classes for panoramas and faces. */
const LAYOUTS = { square: 'Square', wide: 'Wide', tall: 'Tall', panoramic: 'Wide' } as const;
const TYPES: Readonly<Partial<Record<NonNullable<Filters['type']>, string>>> = {
  photo: 'photo',
  clipart: 'clipart',
  line: 'line',
  animated: 'gif',
};
const LICENCES = {
  reuse: 'Share',
  commercial: 'ShareCommercially',
  modification: 'Modify',
  commercial_modification: 'ModifyCommercially',
  public_domain: 'Public',
} as const;
/** Its answers have two levels; moderate gets the safer one. */
const ANSWER_LEVELS = { off: '-1', moderate: '1', strict: '1' } as const;
/** Its page has three levels. */
const PAGE_LEVELS = { off: '-2', moderate: '-1', strict: '1' } as const;

const APPLIED: readonly FilterName[] = ['size', 'aspect', 'licence', 'age', 'sites', 'withoutSites', 'safe'];

/** Expresses the filters to DuckDuckGo: `f`, a list with a position for each kind, and `p`. */
export function duckDuckGoFilters(filters: Filters): FilterPlan {
  const { age, aspect, licence, safe = 'moderate' } = filters;
  const type = typeOf(filters);
  const color = colorOf(filters);
  const size = sizeToFind(filters);
  const f = [
    age && `time:${AGES[age]}`,
    size && `size:${SIZES[size]}`,
    color && `color:${color}`,
    type && `type:${type}`,
    aspect && `layout:${LAYOUTS[aspect]}`,
    licence && `license:${LICENCES[licence]}`,
  ];
  const hasType = filters.type !== undefined && type === TYPES[filters.type];
  const applied = [
    ...APPLIED,
    ...(color !== undefined || type === 'transparent' ? (['color'] as const) : []),
    ...(hasType && type !== undefined ? (['type'] as const) : []),
  ];
  return {
    words: siteWords(filters),
    parameters: { f: f.map((part) => part ?? '').join(','), p: ANSWER_LEVELS[safe] },
    support: supportOf('duckduckgo', filters, applied),
  };
}

/** The level of the first page. */
export function pageLevel({ safe = 'moderate' }: Filters): string {
  return PAGE_LEVELS[safe];
}

function typeOf({ type, color }: Filters): string | undefined {
  if (type !== undefined) return TYPES[type];
  return color === 'transparent' ? 'transparent' : undefined;
}

function colorOf({ color }: Filters): string | undefined {
  if (color === undefined || color === 'transparent') return undefined;
  if (color === 'color') return 'color';
  return color === 'gray' ? 'Monochrome' : `${color.charAt(0).toUpperCase()}${color.slice(1)}`;
}
