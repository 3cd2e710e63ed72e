import { parse } from 'csv-parse/sync';
import { read, type Reading, refuse } from '../reading.js';
import type { ListedQuery } from './query-line.js';

/** Names of the columns, in lower case, the usual one first. */
const COLUMNS = {
  query: ['query', 'queries', 'search', 'keyword', 'keywords', 'text'],
  count: ['count', 'number', 'images', 'how many'],
  name: ['name', 'class', 'label', 'folder'],
} as const;

/**
 * A cell with the separator in front of it: spreadsheets write semicolons in much of Europe, and copy with tabs. A quoted
 * cell may hold separators.
 */
const CELL = /(^|[,;\t])("(?:[^"]|"")*"|[^,;\t]*)/gu;

/**
 * Whether a text is a CSV by its first line: several known names of columns, or only `query`.
 * @param text without a byte order mark
 */
export function isQueryTable(text: string): boolean {
  const cells = cellsOfFirstLine(text).map((cell) => cell.toLowerCase());
  const known = cells.filter((cell) => columnOf(cell) !== null);
  return cells.length > 1 ? known.length > 1 && known.length === cells.length : cells[0] === 'query';
}

/**
 * A CSV with names of its columns in front, if it has none: a column that begins with a number is `count`, the first
 * other one `query`, the next one `name`.
 */
export function withColumnNames(text: string): string {
  const plain = text.replace(/^\uFEFF/u, '');
  if (isQueryTable(plain)) return plain;
  const cells = cellsOfFirstLine(plain);
  const free = ['query', 'name'];
  const names = cells.map((cell) => (/^\d+$/u.test(cell) ? 'count' : (free.shift() ?? '')));
  return `${names.join(separatorOf(plain))}\n${plain}`;
}

/**
 * Reads a CSV with a line of column names: `query`, and if wanted `count` and `name`, in any order.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function readQueryTable(text: string): Reading<readonly ListedQuery[]> {
  const rows: { readonly cells: readonly string[]; readonly line: number }[] = [];
  try {
    parse(text, {
      delimiter: separatorOf(text),
      relax_column_count: true,
      trim: true,
      on_record: (cells: readonly string[], { lines }) => {
        rows.push({ cells, line: lines });
        return null;
      },
    });
  } catch (error) {
    return refuse('queries.not_csv', { line: lineOf(error) });
  }
  const [head, ...body] = rows;
  const places = (head?.cells ?? []).map((cell) => columnOf(cell.toLowerCase()));
  if (!places.includes('query')) return refuse('queries.no_query_column');
  if (body.length === 0) return refuse('queries.empty', { line: 2 });
  const cellOf = (cells: readonly string[], column: keyof typeof COLUMNS): string | undefined => {
    const cell = cells[places.indexOf(column)];
    return cell === '' ? undefined : cell;
  };
  return read(
    body.map(({ cells, line }) => ({
      line,
      text: cellOf(cells, 'query') ?? '',
      count: cellOf(cells, 'count'),
      name: cellOf(cells, 'name'),
    })),
  );
}

function cellsOfFirstLine(text: string): string[] {
  const [line = ''] = text.split(/\r\n|[\n\r]/u, 1);
  return [...line.matchAll(CELL)].map(([, , cell = '']) => cell.trim().replace(/^"(.*)"$/u, '$1'));
}

/** The separator that the first line has first; a comma if it has none. */
function separatorOf(text: string): string {
  const [line = ''] = text.split(/\r\n|[\n\r]/u, 1);
  const separators = [...line.matchAll(CELL)].map(([, separator = '']) => separator);
  return separators.find((separator) => separator !== '') ?? ',';
}

function columnOf(cell: string): keyof typeof COLUMNS | null {
  const columns = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
  return columns.find((column) => COLUMNS[column].some((name) => name === cell)) ?? null;
}

function lineOf(error: unknown): number {
  const line: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'lines') : null;
  return typeof line === 'number' ? line : 1;
}
