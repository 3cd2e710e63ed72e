import type { Choice, FieldOf, FilterField } from './request-fields.js';

/** Filters with a choice of values. */
type ChoiceFilters = { readonly [N in FilterField & FieldOf<'choice'>]?: Choice<N> };

/** Properties of the images. An absent one does not matter; without `safe`, safe search is moderate. */
export interface Filters extends ChoiceFilters {
  /** Least pixels, checked on the decoded image. */
  readonly minWidth?: number;
  readonly minHeight?: number;
  /** The one size wanted, in pixels; both or neither. */
  readonly exactWidth?: number;
  readonly exactHeight?: number;
  /** Host names, lower case; pictures from these sites and their subdomains only. */
  readonly sites?: readonly string[];
  /** Host names, lower case; none from these sites and their subdomains. */
  readonly withoutSites?: readonly string[];
}

/** The name of one filter of a job. */
export type FilterName = keyof Filters;
