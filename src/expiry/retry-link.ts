import { Injectable } from '@nestjs/common';
import { Secrets } from '../config/secrets.js';
import { Clock } from '../jobs/clock.port.js';
import type { JobRequest } from '../jobs/job.js';
import { packText, unpackText } from '../jobs/request/packed-request.js';
import { openBytes, sealBytes } from './sealed-text.js';

/** How long a retry link works, in milliseconds: 30 days. */
export const RETRY_LINK_TTL_MS = 30 * 86_400_000;

const PURPOSE = 'retry-link';
/**
 * Increased when JobRequest changes its shape, so that older links are refused instead of half understood.
 */
const VERSION = 1;

interface Sealed {
  readonly version: typeof VERSION;
  readonly goodUntil: number;
  readonly request: JobRequest;
}

/**
 * Makes and opens tokens that contain a whole request, packed, encrypted and authenticated, so no record is needed. A
 * token has at most 4,096 characters: the validation refuses requests that do not fit.
 */
@Injectable()
export class RetryLinks {
  constructor(
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** @returns a token for `request`, valid for 30 days */
  make(request: JobRequest): string {
    const sealed: Sealed = { version: VERSION, goodUntil: this.clock.now() + RETRY_LINK_TTL_MS, request };
    return sealBytes(packText(JSON.stringify(sealed)), PURPOSE, this.secrets);
  }

  /** @returns the request, or null if the token is too old or was not made here */
  open(token: string): JobRequest | null {
    const packed = openBytes(token, PURPOSE, this.secrets);
    if (packed === null) return null;
    const sealed: unknown = JSON.parse(unpackText(packed));
    return isSealed(sealed) && sealed.goodUntil > this.clock.now() ? sealed.request : null;
  }
}

/** The version determines the shape, since only this service can make a token that opens. */
function isSealed(value: unknown): value is Sealed {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === VERSION;
}
