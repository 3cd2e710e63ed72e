import type { LicenceHint } from '../../jobs/candidate.js';
import { licenceNameIn } from '../../jobs/licence-name.js';
import { beginningIn, urlIn } from '../shapes.js';

/**
 * Reads the licence a record states: `[…, [landing page, licence page, 1, provider, …, credit]]` at place 11.
 * The same key has held other things (goods for sale), so the shape decides.
 */
export function readLicence(value: unknown): LicenceHint | null {
  if (!Array.isArray(value)) return null;
  const data: unknown = value[11];
  if (!Array.isArray(data)) return null;
  const [landing, licence]: unknown[] = data;
  const url = urlIn(licence) ?? urlIn(landing);
  const credit = beginningIn(data[7]) ?? beginningIn(data[6]) ?? beginningIn(data[3]);
  return url === null && credit === null ? null : { name: licenceNameIn(url), url, credit };
}
