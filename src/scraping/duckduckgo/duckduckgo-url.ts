import type { FilterPlan } from '../filter-support.js';

/** The query with the expressed filters. */
export interface DuckDuckGoQuestion {
  readonly text: string;
  readonly plan: FilterPlan;
  /** Safe search of the page. */
  readonly pageLevel: string;
}

/** The address of the page with the token. @param base base address, without a slash at its end */
export function pageUrl(base: string, { text, plan, pageLevel }: DuckDuckGoQuestion): string {
  const q = [text, ...plan.words].join(' ');
  return `${base}/?${new URLSearchParams({ q, iax: 'images', ia: 'images', kl: 'us-en', kp: pageLevel })}`;
}

/**
 * The address of a batch of results.
 * @param token the page's `vqd`, valid for one query and one browser
 * @param next the previous answer's `next`, which lacks the token; null: the first batch
 */
export function answerUrl(
  base: string,
  { text, plan }: DuckDuckGoQuestion,
  token: string,
  next: string | null = null,
): string {
  const parameters = new URLSearchParams(next?.replace(/^[^?]*\??/, '') ?? '');
  const q = [text, ...plan.words].join(' ');
  const ours = { o: 'json', q, l: 'us-en', vqd: token, ...plan.parameters };
  for (const [name, value] of Object.entries(ours)) parameters.set(name, value);
  return `${base}/i.js?${parameters}`;
}
