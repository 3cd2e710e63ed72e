import { SETTINGS } from '../../src/config/settings.js';

/**
 * Line before the table in the README. Prettier would pad the columns, so that one long cell changes every
 * row.
 */
export const TABLE_BEGIN =
  '<!-- settings: written from src/config/settings.ts by the test of this file -->\n<!-- prettier-ignore -->';

/** Line after the table. */
export const TABLE_END = '<!-- /settings -->';

/** The settings as a Markdown table without padding, in order of declaration. */
export function settingsTable(): string {
  const head = ['Variable', 'Default', 'Value', 'What it does'];
  const rows = Object.values(SETTINGS).map(({ name, fallback, kind, about }) => [
    code(name),
    fallback === null || fallback === '' ? 'none' : code(fallback),
    escapeCell(kind.describe),
    escapeCell(about),
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
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
  return `${readme.slice(0, begin)}${TABLE_BEGIN}\n${settingsTable()}\n\n${readme.slice(end)}`;
}

function code(text: string): string {
  return `\`${escapeCell(text)}\``;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', String.raw`\|`);
}
