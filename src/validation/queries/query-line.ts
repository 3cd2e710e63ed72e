/** One search of a list as given, before it is checked. */
export interface ListedQuery {
  /** Its line or position in the list, from 1, for problems. */
  readonly line: number;
  readonly text: unknown;
  /** Undefined: it has no number of its own. */
  readonly count: unknown;
  /** Undefined: it has no name of its own. */
  readonly name: unknown;
}

const QUOTED_NAME = /^"((?:[^"]|"")*)"\s*:(?:\s+|$)(.*)$/su;
const PLAIN_NAME = /^([^:"]*?)\s*:(?:\s+|$)(.*)$/su;
const NUMBER_AT_END = /^(.*?)\s*\|([^|]*)$/su;
/** A text that a line would read in another way than meant, unless a name or a number is written too. */
const WOULD_BE_SPLIT = /:(?:\s|$)/u;

/**
 * Reads `name: query | 50`, where name and number may be missing. A colon ends a name only before white space; a name
 * in double quotes may hold one. Behind the last `|` stands the number if there is a digit or nothing.
 */
export function readQueryLine(text: string, line: number): ListedQuery {
  const [, before = '', number = ''] = NUMBER_AT_END.exec(text) ?? [];
  const hasNumber = text.includes('|') && (number.trim() === '' || /\p{Nd}/u.test(number));
  const { name, rest } = splitName((hasNumber ? before : text).trim());
  return { line, text: rest, count: hasNumber ? number.trim() : undefined, name };
}

/** Writes a search as a line that {@link readQueryLine} reads. */
export function writeQueryLine(text: string, count: number, name: string | undefined): string {
  if (name === undefined) return `${WOULD_BE_SPLIT.test(text) ? ': ' : ''}${text} | ${count}`;
  const label = /[":]|^\s|\s$/u.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
  return `${label}: ${text} | ${count}`;
}

function splitName(text: string): { readonly name: string | undefined; readonly rest: string } {
  const quoted = QUOTED_NAME.exec(text);
  if (quoted !== null) return { name: (quoted[1] ?? '').replaceAll('""', '"'), rest: quoted[2] ?? '' };
  const plain = PLAIN_NAME.exec(text);
  if (plain === null) return { name: undefined, rest: text };
  return { name: plain[1] === '' ? undefined : plain[1], rest: plain[2] ?? '' };
}
