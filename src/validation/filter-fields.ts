import type { EngineName } from '../engines/engines.js';
import {
  AGES,
  ASPECTS,
  COLORS,
  FILE_TYPES,
  type Filters,
  LICENCES,
  SAFE_LEVELS,
  SIZES,
  TYPES,
} from '../jobs/request/filters.js';
import { CheckedBy } from './checked-by.js';
import { unservedFilters } from './engines-for-filters.js';
import { contradictionsIn, type FilterProblems } from './filter-contradictions.js';
import type { FilterField, RawFields } from './problem.js';
import { readChoice } from './read-choice.js';
import { readEngines, readSites } from './read-lists.js';
import { readExactSize, readPixels } from './read-pixels.js';
import { ownField, type Reading, read, valueOf } from './reading.js';

/** Each filter by itself. */
function readEach(raw: RawFields, inUse: readonly EngineName[]) {
  return {
    size: readChoice(ownField(raw, 'size'), SIZES),
    minWidth: readPixels(ownField(raw, 'minWidth')),
    minHeight: readPixels(ownField(raw, 'minHeight')),
    exactSize: readExactSize(ownField(raw, 'exactSize')),
    color: readChoice(ownField(raw, 'color'), COLORS),
    type: readChoice(ownField(raw, 'type'), TYPES),
    aspect: readChoice(ownField(raw, 'aspect'), ASPECTS),
    licence: readChoice(ownField(raw, 'licence'), LICENCES),
    age: readChoice(ownField(raw, 'age'), AGES),
    sites: readSites(ownField(raw, 'sites')),
    withoutSites: readSites(ownField(raw, 'withoutSites')),
    safe: readChoice(ownField(raw, 'safe'), SAFE_LEVELS),
    fileType: readChoice(ownField(raw, 'fileType'), FILE_TYPES),
    engines: readEngines(ownField(raw, 'engines'), inUse),
  } satisfies Record<FilterField, Reading<unknown>>;
}

/** The property is right when it can be read and no other filter contradicts it. */
const Filter = (name: FilterField) =>
  CheckedBy(
    (fields: FilterFields) => fields.readings[name],
    (fields: FilterFields) => fields.problems[name] ?? read(null),
  );

/** What the images must be like and where they are looked for, for class-validator. */
export class FilterFields {
  @Filter('size') readonly size: unknown;
  @Filter('minWidth') readonly minWidth: unknown;
  @Filter('minHeight') readonly minHeight: unknown;
  @Filter('exactSize') readonly exactSize: unknown;
  @Filter('color') readonly color: unknown;
  @Filter('type') readonly type: unknown;
  @Filter('aspect') readonly aspect: unknown;
  @Filter('licence') readonly licence: unknown;
  @Filter('age') readonly age: unknown;
  @Filter('sites') readonly sites: unknown;
  @Filter('withoutSites') readonly withoutSites: unknown;
  @Filter('safe') readonly safe: unknown;
  @Filter('fileType') readonly fileType: unknown;
  @Filter('engines') readonly engines: unknown;

  readonly readings: ReturnType<typeof readEach>;
  /** What is wrong with those that can be read, because of each other or of the engines. */
  readonly problems: FilterProblems;

  /** @param inUse the engines of this installation */
  constructor(raw: RawFields, inUse: readonly EngineName[]) {
    this.readings = readEach(raw, inUse);
    const filters = this.filters();
    const chosen = valueOf(this.readings.engines);
    const unserved = chosen === null ? {} : unservedFilters(filters, chosen, inUse);
    this.problems = { ...unserved, ...contradictionsIn(filters) };
  }

  /** Whether there is nothing wrong. */
  get areRight(): boolean {
    const isRead = Object.values(this.readings).every(({ ok }) => ok);
    return isRead && Object.keys(this.problems).length === 0;
  }

  /** The filters that were set and could be read. */
  filters(): Filters {
    const { exactSize, sites, withoutSites, engines: _engines, ...single } = this.readings;
    const exact = valueOf(exactSize);
    const named = Object.entries(single).map(([name, reading]) => [name, valueOf<unknown>(reading)] as const);
    const all = [
      ...named,
      ['exactWidth', exact?.width ?? null] as const,
      ['exactHeight', exact?.height ?? null] as const,
      ['sites', atLeastOne(valueOf(sites))] as const,
      ['withoutSites', atLeastOne(valueOf(withoutSites))] as const,
    ];
    // Each value is what the reader of its name gives.
    return Object.fromEntries(all.filter(([, value]) => value !== null)) as Filters;
  }
}

function atLeastOne(list: readonly string[] | null): readonly string[] | null {
  return list === null || list.length === 0 ? null : list;
}
