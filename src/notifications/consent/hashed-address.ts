import { createHmac } from 'node:crypto';
import type { KeyedKind, KeyedPlace } from '../../jobs/keyed-store.port.js';

/**
 * The place of a record about a mail address: its keyed hash, so that the address itself is not stored.
 * Ignores case, since no server in use tells `Ann@` from `ann@`.
 */
export function hashedAddress(kind: KeyedKind, address: string, key: Buffer): KeyedPlace {
  const hash = createHmac('sha256', key).update(address.trim().toLowerCase()).digest('hex');
  return { kind, key: hash, item: '' };
}
