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
 * Whether a text is a CSV by its first line: several known names of columns, or only `query`.
 * @param text without a byte order mark
 */
export function isQueryTable(text: string): boolean {
  const [first = ''] = text.split(/\r?\n/u, 1);
  const cells = first.split(',').map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/u, '$1')
      .toLowerCase(),
  );
  const known = cells.filter((cell) => columnOf(cell) !== null);
  return cells.length > 1 ? known.length > 1 && known.length === cells.length : cells[0] === 'query';
}

/**
 * Reads a CSV with a line of column names: `query`, and if wanted `count` and `name`, in any order.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function readQueryTable(text: string): Reading<readonly ListedQuery[]> {
  const rows: { readonly cells: readonly string[]; readonly line: number }[] = [];
  try {
    parse(text, {
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

function columnOf(cell: string): keyof typeof COLUMNS | null {
  const columns = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
  return columns.find((column) => COLUMNS[column].some((name) => name === cell)) ?? null;
}

function lineOf(error: unknown): number {
  const line: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'lines') : null;
  return typeof line === 'number' ? line : 1;
}
