import type { RawFields } from '../../src/validation/problem.js';
import { takeFieldWords } from './field-words.js';

/** The raw fields of a form's search field: one line is a search, more lines are a list. */
export function searchesIn(text: string): RawFields {
  const lines = text.trim();
  return /[\r\n]/u.test(lines) ? { queries: lines } : { query: text };
}

/** Takes words such as `size:large` out of each line of a list; they count for all searches. */
export function takeWordsOfList(list: string): { readonly fields: RawFields; readonly rest: string } {
  const lines = list.split(/\r\n|[\n\r]/u).map(takeFieldWords);
  const fields: RawFields = Object.assign({}, ...lines.map((line) => line.fields));
  return { fields, rest: lines.map(({ rest }) => rest).join('\n') };
}
