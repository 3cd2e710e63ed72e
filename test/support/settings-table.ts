import { SETTINGS } from '../../src/config/settings.js';

/** Line before the table in the README. */
export const TABLE_BEGIN = '<!-- settings: written from src/config/settings.ts by the test of this file -->';

/** Line after the table. */
export const TABLE_END = '<!-- /settings -->';

/** The settings as a Markdown table in order of declaration, formatted like prettier's output. */
export function settingsTable(): string {
  const head = ['Variable', 'Default', 'Value', 'What it does'];
  const rows = Object.values(SETTINGS).map(({ name, fallback, kind, about }) => [
    code(name),
    fallback === null || fallback === '' ? 'none' : code(fallback),
    escapeCell(kind.describe),
    escapeCell(about),
  ]);
  return formatTable([head, ...rows]);
}

/**
 * @param readme text of the README
 * @returns the text with an updated table between its marks
 * @throws Error if a mark is missing
 */
export function withSettingsTable(readme: string): string {
  const begin = readme.indexOf(TABLE_BEGIN);
  const end = readme.indexOf(TABLE_END);
  if (begin < 0 || end < begin) throw new Error('README.md has lost the marks of its settings table.');
  return `${readme.slice(0, begin)}${TABLE_BEGIN}\n\n${settingsTable()}\n\n${readme.slice(end)}`;
}

function code(text: string): string {
  return `\`${escapeCell(text)}\``;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', String.raw`\|`);
}

function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
