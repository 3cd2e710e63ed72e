import { boundedText } from '../jobs/candidate-facts.js';
import type { Manifest, ManifestFile } from './manifest.js';
import type { PlaceFacts } from './manifest-queries.js';

/** Tells spreadsheets that the file is UTF-8; without it Excel garbles all titles that are not English. */
const BYTE_ORDER_MARK = '\uFEFF';

const COLUMNS = [
  'number',
  'file',
  'url',
  'page',
  'title',
  'site',
  'licence',
  'licence_url',
  'credit',
  'attribution',
  'engine',
  'found_by',
  'format',
  'width',
  'height',
  'bytes',
  'sha256',
  'original_format',
  'original_width',
  'original_height',
  'original_bytes',
  'original_sha256',
  'note',
] as const;

/**
 * The manifest's files as a table: RFC 4180, every cell quoted, UTF-8 with a byte order mark. Texts that a
 * spreadsheet would run as a formula begin with an apostrophe; `manifest.json` has them unchanged.
 * @returns the table line by line
 * @see https://www.rfc-editor.org/rfc/rfc4180
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function* manifestCsv(manifest: Manifest): Generator<string, void, void> {
  const places = placeColumns(manifest);
  yield BYTE_ORDER_MARK + line([...COLUMNS, ...places]);
  for (const [index, file] of manifest.files.entries())
    yield line([String(index + 1), ...cells(file), ...places.map((name) => safeText(file[name]))]);
}

/** Columns that only some archives have, behind those of all. */
function placeColumns({ queries, files }: Manifest): (keyof PlaceFacts)[] {
  const ofQueries = queries === undefined ? [] : (['query', 'name'] as const);
  return files.some(({ split }) => split !== undefined) ? [...ofQueries, 'split'] : [...ofQueries];
}

function cells(file: ManifestFile): string[] {
  return [
    file.file,
    safeUrl(file.url),
    safeUrl(file.page),
    safeText(file.title),
    safeText(file.site),
    safeText(file.licence?.name),
    safeUrl(file.licence?.url),
    safeText(file.licence?.credit),
    safeUrl(file.attribution),
    file.engine,
    file.foundBy ?? '',
    file.format,
    ...factCells(file),
    file.original?.format ?? '',
    ...factCells(file.original),
    safeText(file.note),
  ];
}

function factCells(facts: Pick<ManifestFile, 'width' | 'height' | 'bytes' | 'sha256'> | null): string[] {
  return facts === null
    ? ['', '', '', '']
    : [String(facts.width), String(facts.height), String(facts.bytes), facts.sha256];
}

/** The most that a spreadsheet's cell holds, in UTF-16 units. */
const MAX_CELL = 32_767;

// Spreadsheets in other languages end cells at semicolons or tabs, even within quotes, so text after them is
// treated like the start of a cell.
const FORMULA_START = /(^|[;\t])([\s"']*)(?=[=+\-@|%＝＋－＠])/gu;

/** Facts are shorter than a cell, but a credit line may combine several, with much to escape. */
function safeText(text: string | null | undefined): string {
  const safe = (text ?? '').replace(/\p{Cc}+/gu, ' ').replace(FORMULA_START, "$1$2'");
  return boundedText(safe, MAX_CELL) ?? '';
}

/** Escaping the semicolon keeps the meaning of an address. */
function safeUrl(address: string | null | undefined): string {
  return safeText((address ?? '').replace(/;(?=[=+\-@|%])/g, '%3B'));
}

function line(row: readonly string[]): string {
  return `${row.map(quoted).join(',')}\r\n`;
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}
