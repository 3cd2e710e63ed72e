/** Size classes by the longest side: below 500 pixels, 500 to 1023, 1024 and more. */
export const SIZES = ['small', 'medium', 'large'] as const;

/** What a picture's colours are: coloured at all, without colour, with transparency, or mostly one colour. */
export const COLORS = [
  'color',
  'gray',
  'transparent',
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'purple',
  'pink',
  'white',
  'black',
  'brown',
] as const;

/** What kind of picture. */
export const TYPES = ['photo', 'face', 'clipart', 'line', 'animated'] as const;

/** Width by height: within 10 % of 1; above; below; at least twice as wide as high. */
export const ASPECTS = ['square', 'wide', 'tall', 'panoramic'] as const;

/** What the stated licence must allow: reuse at all, commercial use, changes, both, or anything (no rights kept). */
export const LICENCES = [
  'reuse',
  'commercial',
  'modification',
  'commercial_modification',
  'public_domain',
] as const;

/** How long ago the engine found the picture, at most. */
export const AGES = ['day', 'week', 'month', 'year'] as const;

/** How much the engine shall hide of what is not for everybody. */
export const SAFE_LEVELS = ['off', 'moderate', 'strict'] as const;

/** The file formats that can be asked for. */
export const FILE_TYPES = ['jpeg', 'png', 'webp', 'gif', 'avif'] as const;

/** What the images must be like. What is absent does not matter; `safe` absent means moderate. */
export interface Filters {
  readonly size?: (typeof SIZES)[number];
  /** Least pixels, checked on the decoded image. */
  readonly minWidth?: number;
  readonly minHeight?: number;
  /** The one size wanted, in pixels; both or neither. */
  readonly exactWidth?: number;
  readonly exactHeight?: number;
  readonly color?: (typeof COLORS)[number];
  readonly type?: (typeof TYPES)[number];
  readonly aspect?: (typeof ASPECTS)[number];
  readonly licence?: (typeof LICENCES)[number];
  readonly age?: (typeof AGES)[number];
  /** Host names, lower case; pictures from these sites and their subdomains only. */
  readonly sites?: readonly string[];
  /** Host names, lower case; none from these sites and their subdomains. */
  readonly withoutSites?: readonly string[];
  readonly safe?: (typeof SAFE_LEVELS)[number];
  readonly fileType?: (typeof FILE_TYPES)[number];
}

/** The name of one filter. */
export type FilterName = keyof Filters;
