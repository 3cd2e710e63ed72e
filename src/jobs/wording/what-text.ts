import type { JobRequest } from '../job.js';
import { queriesOf } from '../request/request-queries.js';
import { quotedQuery } from './quoted-query.js';

/** The parts of a request that say what is searched. */
type Searched = Pick<JobRequest, 'query' | 'count' | 'queries'>;

/** Longest first search in the name of a list's file, in code points: file names are cut, and the number must stay. */
const MAX_IN_FILE_NAME = 36;

/** The searches of a request in a sentence: `“red panda”`, or `“red panda” and 9 more`. */
export function whatText(request: Searched): string {
  const [first, ...others] = queriesOf(request);
  return `${quotedQuery(first?.text ?? '')}${moreText(others.length)}`;
}

/** The title of a request: a single search as it is, or `“red panda” and 9 more`. */
export function titleText(request: Searched): string {
  return titleOf(queriesOf(request).map(({ text }) => text));
}

/** The title of searches: a single one as it is, or `“red panda” and 9 more`. */
export function titleOf([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${quotedQuery(first)}${moreText(others.length)}`;
}

/** The searches of a request for the name of a file: a single search as it is, or `red panda and 9 more`. */
export function fileTitle(request: Searched): string {
  const [first, ...others] = queriesOf(request);
  const text = first?.text ?? '';
  if (others.length === 0) return text;
  return `${[...text].slice(0, MAX_IN_FILE_NAME).join('').trimEnd()}${moreText(others.length)}`;
}

function moreText(others: number): string {
  return others === 0 ? '' : ` and ${others} more`;
}
