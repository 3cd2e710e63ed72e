import { Logger } from '@nestjs/common';
import { refusedKindOf } from '../downloading/fetching/refusal-detail.js';
import type { ImageRecord } from '../jobs/image-record.js';
import type { JobId } from '../jobs/job.js';
import { REFUSED_KINDS, type RefusedKind } from '../network/public-address.js';

const logger = new Logger('runJob');

/** From this share of refused addresses on, the network is to blame and not a site. */
const NEARLY_ALL = 0.9;
/** Fewer odd names say nothing about the network. */
const LEAST = 3;
/** Rejected without a request. */
const NEVER_ASKED: ReadonlySet<string> = new Set(['no_image_url', 'exact_duplicate']);

const LIKELY_CAUSE: Readonly<Record<RefusedKind, string>> = {
  stand_in:
    'A fake-ip proxy (Clash, sing-box and the like) answers names with stand-ins in 198.18.0.0/15 or fc00::/18. ' +
    'Set ALLOW_FAKE_IP=true, or let it give this machine real addresses.',
  local_nat64:
    'DNS64 answers with a prefix of this network alone (64:ff9b:1::/48). ' +
    'Use its well-known prefix 64:ff9b::/96, or a name server without DNS64.',
  this_machine:
    'A filter in the DNS answers names with 0.0.0.0 or 127.0.0.1, which blocks them. ' +
    'Take this machine off the filter, or use another name server.',
  intranet:
    'The name server answers names of the web with addresses of a private network, as intranets and login pages of ' +
    'networks do. Use a name server that knows the web; hosts that are yours go into ALLOW_PRIVATE_HOSTS.',
  special: 'The name server answers with addresses that no host of the web has. Use another name server.',
};

/**
 * Finds out whether the network is to blame for the rejections.
 * @returns the most frequent kind of refused address and the counts, if nearly all requested images have such
 *   addresses
 */
export function oddNetworkIn(
  records: Iterable<ImageRecord>,
): { readonly kind: RefusedKind; readonly refused: number; readonly asked: number } | null {
  const asked = [...records].filter(wasAsked);
  const kinds = asked.map(({ outcome }) => refusedKindOf(outcome)).filter((kind) => kind !== null);
  if (kinds.length < LEAST || kinds.length < NEARLY_ALL * asked.length) return null;
  const [kind] = REFUSED_KINDS.toSorted((one, other) => timesIn(kinds, other) - timesIn(kinds, one));
  return kind === undefined ? null : { kind, refused: kinds.length, asked: asked.length };
}

/** Tells the operator once per job why nearly all of its images were refused, and what to do. */
export function warnOfOddNetwork(jobId: JobId, records: Iterable<ImageRecord>): void {
  const odd = oddNetworkIn(records);
  if (odd === null) return;
  logger.warn(
    { jobId, ...odd },
    `nearly all images lie behind names that lead nowhere public: ${LIKELY_CAUSE[odd.kind]}`,
  );
}

function wasAsked({ outcome }: ImageRecord): boolean {
  return outcome.status === 'kept' || (outcome.status === 'rejected' && !NEVER_ASKED.has(outcome.reason));
}

function timesIn(kinds: readonly RefusedKind[], kind: RefusedKind): number {
  return kinds.filter((one) => one === kind).length;
}
