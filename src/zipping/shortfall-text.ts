import type { ShortfallEntry } from '../jobs/job.js';
import { shortfallWording } from '../jobs/wording/wording.js';
import type { Manifest } from './manifest.js';
import { manifestTitle } from './manifest-queries.js';

/**
 * `shortfall.txt`: why there are fewer images than asked for, in plain words, by query if there are several;
 * null if none are missing.
 */
export function shortfallText(manifest: Manifest): string | null {
  const { query, queries = [], askedFor, delivered, shortfall, engines } = manifest;
  if (shortfall.length === 0) return null;
  const what = queries.length > 1 ? manifestTitle(manifest) : `"${query}"`;
  const title = `${delivered} of ${askedFor} images of ${what} could be delivered. Why the others are missing:`;
  const searched = engines.map(({ message }) => `  ${message}`);
  const asked = searched.length === 0 ? [] : ['What each search engine gave:', '', ...searched, ''];
  return [title, '', ...reasonLines(shortfall), '', ...queryLines(manifest), ...asked].join('\r\n');
}

function reasonLines(shortfall: readonly ShortfallEntry[]): string[] {
  return shortfall.map(({ reason, count }) => `${String(count).padStart(6)} x ${shortfallWording(reason)}`);
}

/** The same for each query that lacks images; nothing for a single one. */
function queryLines({ queries = [] }: Manifest): string[] {
  if (queries.length < 2) return [];
  const lacking = queries.filter(({ shortfall }) => shortfall.length > 0);
  return lacking.flatMap(({ name, delivered, askedFor, shortfall }) => [
    `${name}: ${delivered} of ${askedFor}`,
    ...reasonLines(shortfall),
    '',
  ]);
}
