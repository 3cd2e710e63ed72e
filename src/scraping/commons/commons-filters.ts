import type { FilterName, Filters } from '../../jobs/request/filters.js';
import { type FilterPlan, sizeToFind, supportOf } from '../filter-support.js';

/** Compares the root of the area, for which every class has a bound; the rest is checked on the image. */
const SIZES = { small: 'fileres:<500', medium: 'fileres:<1024', large: 'fileres:>600' } as const;

/**
 * Expresses the filters to Wikimedia Commons by words of the search. The site's rules let everything be used
 * commercially and changed. Commons has no safe search, so titles and categories are checked instead.
 * @see https://www.mediawiki.org/wiki/Help:CirrusSearch
 */
export function commonsFilters(filters: Filters): FilterPlan {
  const { licence, safe = 'moderate', minWidth, minHeight, exactWidth, exactHeight } = filters;
  const fileType = filters.fileType ?? (filters.type === 'animated' ? 'gif' : undefined);
  const size = sizeToFind(filters);
  const words = [
    fileType && `filemime:image/${fileType}`,
    size && SIZES[size],
    exactWidth && `filew:${exactWidth}`,
    exactHeight && `fileh:${exactHeight}`,
    minWidth && `filew:>${minWidth - 1}`,
    minHeight && `fileh:>${minHeight - 1}`,
    licence === 'public_domain' && 'haslicense:unrestricted',
  ].filter((word) => typeof word === 'string');
  return {
    words,
    parameters: {},
    support: supportOf('commons', filters, applied(licence, safe)),
  };
}

const ALWAYS: readonly FilterName[] = [
  'size',
  'fileType',
  'exactWidth',
  'exactHeight',
  'minWidth',
  'minHeight',
];

function applied(licence: Filters['licence'], safe: Filters['safe']): FilterName[] {
  return [
    ...ALWAYS,
    ...(licence === 'public_domain' ? [] : (['licence'] as const)),
    ...(safe === 'off' ? (['safe'] as const) : []),
  ];
}

/** Whole phrases, because there are naked mole rats, topless buses and sexual dimorphism. */
const NOT_FOR_EVERYBODY =
  /\b(nude|nudes|nudity|(naked|topless) (men|women|man|woman|people|females?|males?|girls?|boys?)|porn\w*|erotica|sexual (acts?|activit\w+|intercourse|positions?|penetration)|sex toys?|human (penis|vulva|genital)\w*|penis\w*|vulva\w*|masturbat\w*|hentai|human corpses?|mutilated \w+)\b/i;

/** Whether a file with such words in its title or categories is for everybody. */
export function isForEverybody(words: string): boolean {
  return !NOT_FOR_EVERYBODY.test(words);
}
