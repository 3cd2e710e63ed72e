import { shortfallWording } from '../jobs/wording/wording.js';
import type { Manifest } from './manifest.js';

/** `shortfall.txt`: why there are fewer images than asked for, in plain words; null if none are missing. */
export function shortfallText({ query, askedFor, delivered, shortfall, engines }: Manifest): string | null {
  if (shortfall.length === 0) return null;
  const title = `${delivered} of ${askedFor} images of "${query}" could be delivered. Why the others are missing:`;
  const lines = shortfall.map(
    ({ reason, count }) => `${String(count).padStart(6)} x ${shortfallWording(reason)}`,
  );
  const searched = engines.map(({ message }) => `  ${message}`);
  const asked = searched.length === 0 ? [] : ['What each search engine gave:', '', ...searched, ''];
  return [title, '', ...lines, '', ...asked].join('\r\n');
}
