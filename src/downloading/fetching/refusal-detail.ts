import type { AppError } from '../../jobs/app-error.js';
import type { ImageOutcome } from '../../jobs/image-record.js';
import { REFUSED_KINDS, type RefusedKind } from '../../network/public-address.js';

/** How a record says why an address was refused, with what its name led to; free of addresses. */
export function refusalDetail({ reason = '', kind }: AppError['context']): string {
  return kind === undefined ? String(reason) : `${reason}: ${kind}`;
}

/** What the name of a refused image led to, as its record says; null where it was not refused for that. */
export function refusedKindOf(outcome: ImageOutcome): RefusedKind | null {
  if (outcome.status !== 'rejected' || outcome.reason !== 'address_refused') return null;
  const { detail } = outcome;
  return REFUSED_KINDS.find((kind) => detail === refusalDetail({ reason: 'private_address', kind })) ?? null;
}
