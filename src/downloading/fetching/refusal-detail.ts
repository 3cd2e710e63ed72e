import type { AppError } from '../../jobs/app-error.js';
import type { ImageOutcome } from '../../jobs/image-record.js';
import { REFUSED_KINDS, type RefusedKind } from '../../network/public-address.js';

/**
 * The detail of a record about a refused address: the kind of address behind its name, without the address.
 */
export function refusalDetail({ reason = '', kind }: AppError['context']): string {
  return kind === undefined ? String(reason) : `${reason}: ${kind}`;
}

/** The kind of address behind the name of a refused image; null if it was not refused for its address. */
export function refusedKindOf(outcome: ImageOutcome): RefusedKind | null {
  if (outcome.status !== 'rejected' || outcome.reason !== 'address_refused') return null;
  const { detail } = outcome;
  return REFUSED_KINDS.find((kind) => detail === refusalDetail({ reason: 'private_address', kind })) ?? null;
}
