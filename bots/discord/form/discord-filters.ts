import { ENGINE_NAMES, type EngineName } from '../../../src/engines/engines.js';
import { CHOICE_WORDING, ENGINE_WORDING } from '../../../src/jobs/wording/filter-wording.js';
import {
  AGES,
  ASPECTS,
  COLORS,
  FILE_TYPES,
  LICENCES,
  SAFE_LEVELS,
  SIZES,
  TYPES,
} from '../../../src/jobs/request/filters.js';
import type { FilterField } from '../../../src/validation/problem.js';

/** An option that says what the images must be like. */
export interface FilterOption {
  /** The raw field it stands for. */
  readonly field: FilterField;
  /** As it is called in Discord: lower case. */
  readonly name: string;
  readonly about: string;
  /** What can be chosen; null: anything can be typed. */
  readonly choices: readonly string[] | null;
}

const OPTIONS: readonly FilterOption[] = [
  { field: 'engines', name: 'engine', about: 'Where to search; else everywhere', choices: ENGINE_NAMES },
  { field: 'size', name: 'size', about: 'How large the images are', choices: SIZES },
  { field: 'color', name: 'color', about: 'Their colours', choices: COLORS },
  { field: 'type', name: 'type', about: 'What kind of pictures', choices: TYPES },
  { field: 'aspect', name: 'aspect', about: 'Width by height', choices: ASPECTS },
  { field: 'licence', name: 'licence', about: 'What the stated licence must allow', choices: LICENCES },
  { field: 'age', name: 'age', about: 'Found within the last …', choices: AGES },
  { field: 'safe', name: 'safe', about: 'How much to hide; else moderate', choices: SAFE_LEVELS },
  { field: 'fileType', name: 'filetype', about: 'The file format', choices: FILE_TYPES },
  { field: 'minWidth', name: 'min_width', about: 'Least width in pixels', choices: null },
  { field: 'minHeight', name: 'min_height', about: 'Least height in pixels', choices: null },
  { field: 'exactSize', name: 'exact_size', about: 'One size in pixels, e.g. 1920x1080', choices: null },
  { field: 'sites', name: 'sites', about: 'Only from these sites, e.g. wikipedia.org', choices: null },
  { field: 'withoutSites', name: 'without_sites', about: 'None from these sites', choices: null },
];

/** The options there are here. @param engines those of this installation */
export function filterOptions(engines: readonly EngineName[]): readonly FilterOption[] {
  return OPTIONS.map((option) => (option.field === 'engines' ? { ...option, choices: engines } : option));
}

const WORDING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...CHOICE_WORDING,
  engines: ENGINE_WORDING,
};

/** A choice of a field as people read it, e.g. `Public domain`. */
export function choiceLabel(field: string, value: string): string {
  const words = WORDING[field]?.[value] ?? value;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
