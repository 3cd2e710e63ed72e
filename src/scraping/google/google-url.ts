import type { FilterPlan } from '../filter-support.js';

/** What is searched for, with what the filters add. */
export interface GoogleQuestion {
  readonly text: string;
  readonly plan: Pick<FilterPlan, 'words' | 'parameters'>;
}

/** Google counts its pages of image results by tens, however many results they hold. */
export const START_STEP = 10;

/**
 * The address of a page of image results.
 * @param base base address of Google, without a slash at its end
 * @param start where the page begins; 0: the first page
 */
export function googleSearchUrl(base: string, question: GoogleQuestion, start = 0): string {
  const ours = { q: wordsOf(question), udm: '2', hl: 'en', gl: 'us', ...question.plan.parameters };
  const parameters = new URLSearchParams(ours);
  if (start > 0) parameters.set('start', String(start));
  return `${base}/search?${parameters}`;
}

/** Where a link to more results begins. @returns null where the link does not say */
export function startOfLink(href: string | null): number | null {
  if (href === null || !URL.canParse(href)) return null;
  const start = Number(new URL(href).searchParams.get('start'));
  return Number.isSafeInteger(start) && start > 0 ? start : null;
}

/**
 * The address a link to more results leads to: whatever the link carries is kept, as a person's click would,
 * but on our base and for our question, since a saved page names the real Google and its own query.
 */
export function googleTargetUrl(base: string, question: GoogleQuestion, href: string, start: number): string {
  const parameters = new URL(href).searchParams;
  const ours = { q: wordsOf(question), ...question.plan.parameters, start: String(start) };
  for (const [name, value] of Object.entries(ours)) parameters.set(name, value);
  return `${base}/search?${parameters}`;
}

function wordsOf({ text, plan }: GoogleQuestion): string {
  return [text, ...plan.words].join(' ');
}
