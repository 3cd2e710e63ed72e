import { countText } from '../../jobs/wording/amount-text.js';
import { engineList, filterPhrases, outputPhrases } from '../../jobs/wording/filter-wording.js';
import type { Job } from '../../jobs/job.js';
import { hasSeveralQueries } from '../../jobs/request/request-queries.js';
import {
  askedTexts,
  queryReports,
  queryReportText,
  reasonText,
  shortfallByReason,
} from '../../jobs/wording/query-reports.js';
import { whatText } from '../../jobs/wording/what-text.js';
import type { MailList } from './mail-content.js';
import { momentText } from '../../jobs/wording/moment-text.js';

/** A label and its value. */
export type Fact = readonly [string, string];

/** The request. */
export function askedFacts({ request }: Job): Fact[] {
  const facts: Fact[] = [
    hasSeveralQueries(request) ? ['Searches', whatText(request)] : ['Query', request.query],
    ['Asked for', countText(request.count, 'image')],
    ['Scheduled for', momentText(request.dueAt, request.timeZone)],
    ['Only', filterPhrases(request.filters).join(', ')],
    ['Engines', engineList(request.engines)],
    ['Files', outputPhrases(request.output ?? {}).join(', ')],
  ];
  return facts.filter(([, value]) => value !== '');
}

/** The start of the job, if it has started. */
export function startedFact({ startedAt, request }: Job): Fact[] {
  return startedAt === null ? [] : [['Started', momentText(startedAt, request.timeZone)]];
}

/** Counted reasons under a title; nothing if there are none. */
export function shortfallList(title: string, shortfall: Job['shortfall']): MailList[] {
  if (shortfall.length === 0) return [];
  return [{ title, items: shortfallByReason(shortfall).map(reasonText) }];
}

/** The wanted number of each of several searches. */
export function askedSearches({ request }: Job): MailList[] {
  return bySearch(askedTexts(request));
}

/** The results of each of several searches. */
export function searchResults(job: Job): MailList[] {
  return bySearch(queryReports(job).map(queryReportText));
}

function bySearch(items: readonly string[]): MailList[] {
  return items.length === 0 ? [] : [{ title: 'By search', items }];
}

/** Reports of the search engines; nothing if there are none. */
export function engineReports(items: readonly string[]): MailList[] {
  return items.length === 0 ? [] : [{ title: 'Search engines', items }];
}
