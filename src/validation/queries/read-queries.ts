import type { RequestQuery } from '../../jobs/job.js';
import { MAX_LIST_LENGTH, MAX_QUERIES, MAX_QUERY_NAME_LENGTH } from '../../jobs/request/main-fields.js';
import { imagesOf, queryName } from '../../jobs/request/request-queries.js';
import { wordProblem } from '../problem-wording.js';
import { readCount } from '../read-count.js';
import { readQuery } from '../read-query.js';
import { ownField, read, type Reading, refuse, Refused, RefusedParts } from '../reading.js';
import { type ListedQuery, readQueryLine } from './query-line.js';
import { isQueryTable, readQueryTable } from './query-table.js';

/** Problems of lines that are reported together; more would hide the others. */
const MAX_REPORTED = 10;
/** Longest text that is read at all, in UTF-16 units. */
const MAX_TEXT = 60_000;
/** A file that is no text has such characters; the latter stands for bytes that are not UTF-8. */
const NOT_TEXT = ['\u0000', '\uFFFD'];
/** Characters that file systems forbid, or drop at the end of a name. */
const FORBIDDEN_IN_NAMES = /[<>:"/\\|?*\p{Cc}]+|[. ]+$/gu;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Rules for the searches of a list. */
export interface ListRules {
  /** For searches without a number of their own; a Refused is the problem of each of them. */
  readonly count: number | Refused;
  readonly prefix: string;
  readonly suffix: string;
  /** Most images of one search, and of all together. */
  readonly maxImages: number;
  readonly maxJobImages: number;
}

/**
 * Reads the searches of a list: a text with a line for each or a CSV, or an array of texts and of objects with `query`,
 * `count` and `name`.
 * @returns null for a blank list
 */
export function readQueries(raw: unknown, rules: ListRules): Reading<readonly RequestQuery[] | null> {
  if (isBlankList(raw)) return read(null);
  const listed = listedIn(raw);
  if (!listed.ok) return listed;
  const { value: all } = listed;
  if (all.length > MAX_QUERIES) return refuse('queries.too_many', { max: MAX_QUERIES, count: all.length });
  const readings = all.map((one) => ({ line: one.line, reading: readListed(one, rules) }));
  const wrong = readings.flatMap(({ reading }) => (reading instanceof Refused ? [reading] : []));
  const queries = readings.flatMap(({ line, reading }) =>
    reading instanceof Refused ? [] : [{ line, ...reading }],
  );
  const [first, ...others] = [...wrong, ...repeatsIn(queries)].slice(0, MAX_REPORTED);
  if (first !== undefined) return new RefusedParts([first, ...others]);
  return together(
    queries.map(({ line: _line, ...query }) => query),
    all,
    rules,
  );
}

/** Whether there is no list. */
export function isBlankList(raw: unknown): boolean {
  if (Array.isArray(raw)) return raw.length === 0;
  return raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '');
}

function listedIn(raw: unknown): Reading<readonly ListedQuery[]> {
  if (Array.isArray(raw)) return read(raw.map((item: unknown, index) => listedItem(item, index + 1)));
  if (typeof raw !== 'string') return refuse('field.not_text');
  const text = raw.replace(/^\uFEFF/u, '').trimEnd();
  if (NOT_TEXT.some((character) => text.includes(character))) return refuse('queries.not_text');
  if (text.length > MAX_TEXT)
    return refuse('queries.too_long', { max: MAX_LIST_LENGTH, length: text.length });
  if (isQueryTable(text)) return readQueryTable(text);
  return read(text.split(/\r\n|[\n\r\u2028\u2029]/u).map((line, index) => readQueryLine(line, index + 1)));
}

/** A text of an array is a search as it stands. */
function listedItem(item: unknown, line: number): ListedQuery {
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    return { line, text: item ?? '', count: undefined, name: undefined };
  const fields: Readonly<Record<string, unknown>> = { ...item };
  const name = ownField(fields, 'name');
  return {
    line,
    text: ownField(fields, 'query') ?? '',
    count: ownField(fields, 'count') ?? undefined,
    name: name === null || name === '' ? undefined : name,
  };
}

function readListed({ line, text, count, name }: ListedQuery, rules: ListRules): RequestQuery | Refused {
  if (typeof text !== 'string') return refuse('queries.not_a_query', { line });
  if (text.trim() === '') return refuse('queries.empty', { line });
  const own = readQuery(text);
  if (!own.ok) return atLine(line, own);
  const whole = readQuery(`${rules.prefix} ${own.value} ${rules.suffix}`);
  if (!whole.ok) return atLine(line, whole);
  const wanted = count === undefined ? rules.count : valueOrRefused(readCount(count, rules.maxImages));
  if (wanted instanceof Refused) return atLine(line, wanted);
  const named = name === undefined ? read(own.value) : readName(name, line);
  if (!named.ok) return named;
  return {
    text: whole.value,
    count: wanted,
    ...(named.value === whole.value ? {} : { name: named.value }),
  };
}

function readName(raw: unknown, line: number): Reading<string> {
  if (typeof raw !== 'string') return refuse('queries.not_a_query', { line });
  const name = raw.replace(/\s+/gu, ' ').trim().normalize('NFC');
  if (!VISIBLE.test(name)) return refuse('queries.name_empty', { line });
  const checked = readQuery(name);
  if (!checked.ok && checked.code !== 'query.too_long') return atLine(line, checked);
  const { length } = [...name];
  return length > MAX_QUERY_NAME_LENGTH
    ? refuse('queries.name_too_long', { line, max: MAX_QUERY_NAME_LENGTH, length })
    : read(name);
}

function atLine(line: number, { code, facts }: Refused): Refused {
  return refuse('queries.line', { line, problem: wordProblem(code, facts) });
}

function valueOrRefused<T>(reading: Reading<T>): T | Refused {
  return reading.ok ? reading.value : reading;
}

type Numbered = RequestQuery & { readonly line: number };

function repeatsIn(queries: readonly Numbered[]): Refused[] {
  const texts = new Map<string, number>();
  const names = new Map<string, number>();
  return queries.flatMap((query) => {
    const { line } = query;
    const sameText = noted(texts, query.text.toLowerCase(), line);
    const sameName = noted(names, diskName(queryName(query)), line);
    if (sameText !== null) return [refuse('queries.repeated', { line, other: sameText })];
    return sameName === null ? [] : [refuse('queries.same_name', { line, other: sameName })];
  });
}

/** Notes the first line with `key`. @returns that line if it is another one, else null */
function noted(lines: Map<string, number>, key: string, line: number): number | null {
  const other = lines.get(key) ?? null;
  if (other === null) lines.set(key, line);
  return other;
}

/** A name as far as a disk tells names apart. */
function diskName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(FORBIDDEN_IN_NAMES, '');
}

/** Checks the list as a whole. */
function together(
  queries: readonly RequestQuery[],
  all: readonly ListedQuery[],
  { maxJobImages }: ListRules,
): Reading<readonly RequestQuery[]> {
  const length = all.reduce((sum, { text, name }) => sum + lengthOf(text) + lengthOf(name), 0);
  if (length > MAX_LIST_LENGTH) return refuse('queries.too_long', { max: MAX_LIST_LENGTH, length });
  const sum = imagesOf(queries);
  return sum > maxJobImages ? refuse('queries.sum', { sum, max: maxJobImages }) : read(queries);
}

function lengthOf(text: unknown): number {
  return typeof text === 'string' ? [...text].length : 0;
}
