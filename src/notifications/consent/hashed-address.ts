import { createHmac } from 'node:crypto';
import type { KeyedKind, KeyedPlace } from '../../jobs/keyed-store.port.js';

/**
 * Where something about a mail address is kept, without the address: under its keyed hash. One mailbox whatever
 * the case: no server in use tells `Ann@` from `ann@`.
 */
export function hashedAddress(kind: KeyedKind, address: string, key: Buffer): KeyedPlace {
  const hash = createHmac('sha256', key).update(address.trim().toLowerCase()).digest('hex');
  return { kind, key: hash, item: '' };
}
