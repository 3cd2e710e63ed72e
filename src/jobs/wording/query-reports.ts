import type { Job, QueryProgress, RequestQuery, ShortfallEntry } from '../job.js';
import { hasSeveralQueries, queriesOf, queryName } from '../request/request-queries.js';
import { type Untried, untriedBy } from './found-wording.js';
import { plainLine } from './quoted-query.js';
import { shortfallWording } from './wording.js';

/** The results of one of several searches. */
export interface QueryReport extends QueryProgress {
  readonly query: RequestQuery;
  /** Its images in the zip. */
  readonly delivered: number;
  /** Why there are fewer than asked. */
  readonly shortfall: readonly ShortfallEntry[];
  /** Why its other results were not tried. */
  readonly untried: Untried;
}

/** Most characters of a line: chat platforms limit a message. */
const MAX_LINE = 900;
/** Most reasons in the text of one search. */
const MAX_REASONS = 2;
const NOTHING: QueryProgress = { found: 0, kept: 0, rejected: {}, engines: [] };

/** The results of each search, in order; none for a job of one search. */
export function queryReports({ request, progress, shortfall, state }: Job): readonly QueryReport[] {
  if (!hasSeveralQueries(request)) return [];
  return queriesOf(request).map((query, index) => {
    const own = progress.queries?.[index] ?? NOTHING;
    const reasons = shortfall.filter((entry) => (entry.query ?? 0) === index);
    return {
      ...own,
      query,
      delivered: state === 'ready' ? own.kept : 0,
      shortfall: shortfallByReason(reasons),
      untried: untriedBy(own.kept, query.count, state),
    };
  });
}

/** The wanted numbers of a list in words, e.g. `red panda: 50`; none for a job of one search. */
export function askedTexts(request: Job['request']): string[] {
  if (!hasSeveralQueries(request)) return [];
  return queriesOf(request).map((query) => `${plainLine(queryName(query))}: ${query.count}`);
}

/** The results of one search in words, e.g. `red panda: 12 of 50 (30 × too similar to another image)`. */
export function queryReportText({ query, delivered, shortfall }: QueryReport): string {
  const name = plainLine(queryName(query));
  if (delivered >= query.count) return `${name}: ${query.count}`;
  const reasons = shortfall.slice(0, MAX_REASONS).map(reasonText);
  return `${name}: ${delivered} of ${query.count}${reasons.length === 0 ? '' : ` (${reasons.join(', ')})`}`;
}

/** Texts in one line of about 900 characters at most, and how many are left out. */
export function inOneLine(texts: readonly string[]): string {
  const fitting = texts.filter((_text, index) => texts.slice(0, index + 1).join(', ').length <= MAX_LINE);
  const left = texts.length - fitting.length;
  return `${fitting.join(', ')}${left === 0 ? '' : ` and ${left} more`}`;
}

/** A counted reason in words, e.g. `3 × too small`. */
export function reasonText({ reason, count }: ShortfallEntry): string {
  return `${count} × ${shortfallWording(reason)}`;
}

/** The counts of all searches together, one for each reason, the largest first if there are several searches. */
export function shortfallByReason(shortfall: readonly ShortfallEntry[]): readonly ShortfallEntry[] {
  if (shortfall.every(({ query }) => query === undefined)) return shortfall;
  const sums = new Map<ShortfallEntry['reason'], number>();
  for (const { reason, count } of shortfall) sums.set(reason, (sums.get(reason) ?? 0) + count);
  const entries = [...sums].map(([reason, count]) => ({ reason, count }));
  return entries.toSorted((a, b) => b.count - a.count);
}
