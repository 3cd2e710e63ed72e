import { diceOf, type Dice } from '../dice.ts';
import { scriptJson } from '../markup.ts';
import type { Scenario } from '../scenarios.ts';
import type { CatalogueEntry } from '../web/entry.ts';
import { recordOf, type Layout } from './record.ts';

/** One batch of results on its way into a page. */
export interface Batch {
  readonly query: string;
  /** As in the address: 0, 10, 20 … one step of ten for each batch. */
  readonly start: number;
  readonly entries: readonly CatalogueEntry[];
  readonly hasMore: boolean;
  readonly scenario: Scenario;
  readonly layout: Layout;
  /** Whether results have embedded records. */
  readonly hasRecords: boolean;
  /** The page's token, the beginning of all its keys. */
  readonly pageToken: string;
  /** Class names of this page; never the same twice. */
  readonly classes: Readonly<Record<ClassRole, string>>;
  /** Addresses of the engine. */
  readonly base: string;
}

const CLASS_ROLES = ['tile', 'box', 'thumb', 'title', 'site', 'link', 'panel', 'more', 'grid'] as const;
type ClassRole = (typeof CLASS_ROLES)[number];

/** Draws class names as a minifier would. */
export function classesOf(dice: Dice): Record<ClassRole, string> {
  const drawn = CLASS_ROLES.map((role) => [role, `c${dice.token(5).replaceAll(/[-_]/g, 'x')}`] as const);
  return Object.fromEntries(drawn) as Record<ClassRole, string>;
}

/** The key of a result's record in the page's data. */
export function recordKey(batch: Batch, entry: CatalogueEntry): string {
  return `${batch.pageToken}${23 + entry.index * 3}`;
}

/**
 * The batch's data as `window.W_jd` holds it: among others each record, since 2026 twice (in a list and
 * bare).
 */
export function pageData(batch: Batch): Record<string, unknown> {
  const data: Record<string, unknown> = {
    [`${batch.pageToken}1`]: ['gws-wiz-serp', '', batch.query, '', 1, 0, 0, 13, 'en'],
    [`${batch.pageToken}2`]: [null, null, null, 'autocomplete_user_feedback_kp_id', null, 11],
  };
  if (!batch.hasRecords) return data;
  for (const entry of batch.entries) {
    const record = recordOf(entry, batch.layout);
    const around = [null, null, null, null, null, entry.docId, null, null, null, null, null, null, [null, 0]];
    data[`${recordKey(batch, entry)}x`] = [];
    data[recordKey(batch, entry)] = [1, record, ...around];
    if (batch.layout === '2026') data[`${recordKey(batch, entry)}b`] = record;
  }
  return data;
}

/** The script that puts the data into the page. */
export function dataScript(batch: Batch): string {
  const data = scriptJson(pageData(batch));
  return `<script>(function(){var m=${data};var a=m;if(window.W_jd)for(var b in a)window.W_jd[b]=a[b];else window.W_jd=a;})();</script>`;
}

/** A token as Google's pages carry them, the same for the same visit. */
export function pageTokenOf(...visit: readonly (string | number)[]): string {
  return diceOf('page', ...visit).token(22);
}
