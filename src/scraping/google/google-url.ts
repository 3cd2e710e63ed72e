import type { FilterPlan } from '../filter-support.js';

/** The query with the expressed filters. */
export interface GoogleQuestion {
  readonly text: string;
  readonly plan: Pick<FilterPlan, 'words' | 'parameters'>;
}

/** Google counts its pages of image results in tens, whatever their number of results. */
export const START_STEP = 10;

/**
 * The address of a page of image results.
 * @param base base address of Google, without a slash at its end
 * @param start first result of the page; 0: the first page
 */
export function googleSearchUrl(base: string, question: GoogleQuestion, start = 0): string {
  const ours = { q: wordsOf(question), udm: '2', hl: 'en', gl: 'us', ...question.plan.parameters };
  const parameters = new URLSearchParams(ours);
  if (start > 0) parameters.set('start', String(start));
  return `${base}/search?${parameters}`;
}

/** The first result behind a link to more. @returns null if the link does not tell */
export function startOfLink(href: string | null): number | null {
  if (href === null || !URL.canParse(href)) return null;
  const start = Number(new URL(href).searchParams.get('start'));
  return Number.isSafeInteger(start) && start > 0 ? start : null;
}

/**
 * The target of a link to more results, with all its parameters, as a person's click would keep them, but on
 * our base and for our question, since a saved page names the real Google and its own query.
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
