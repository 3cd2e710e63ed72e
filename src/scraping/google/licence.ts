import type { LicenceHint } from '../../jobs/candidate.js';
import { licenceNameIn } from '../../jobs/licence-name.js';

/**
 * Reads the licence a record states: `[…, [landing page, licence page, 1, provider, …, credit]]` at place 11.
 * The same key has held other things (goods for sale), so the shape decides.
 */
export function readLicence(value: unknown): LicenceHint | null {
  if (!Array.isArray(value)) return null;
  const data: unknown = value[11];
  if (!Array.isArray(data)) return null;
  const [landing, licence]: unknown[] = data;
  const url = [licence, landing].find(isUrl) ?? null;
  const credit = [data[7], data[6], data[3]].find(isText) ?? null;
  return url === null && credit === null ? null : { name: licenceNameIn(url), url, credit };
}

function isUrl(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\//i.test(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
