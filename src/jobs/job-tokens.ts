import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../config/secrets.js';
import type { Instant } from './clock.port.js';
import type { Door, JobId, JobRequest } from './job.js';

/** What people hold: a job id and its MAC, 32 characters of base64url. Knowing it is the right to see and cancel. */
export type PublicJobId = string;

const ID_BYTES = 16;
const MAC_BYTES = 8;
const TOKEN = /^[A-Za-z0-9_-]{32}$/;

/** Who asked, with which key, for when; the same of all and the same request give the same job. */
export interface Idempotency {
  /** An authenticated person, or a nonce or client address that the server itself established. */
  readonly requester: string;
  readonly key: string;
  /** The instant that was asked for, also where it is the running minute; null where the time was left open. */
  readonly askedFor: Instant | null;
}

/** Makes and reads the tokens that name a job, each purpose under its own key. */
export class JobTokens {
  constructor(private readonly secrets: Secrets) {}

  /** @returns the id of a new job: random, or derived so that the same submission gives the same id */
  newId(door: Door, request: JobRequest, idempotency: Idempotency | null): JobId {
    if (idempotency === null) return randomBytes(ID_BYTES).toString('hex');
    const { requester, key: ownKey, askedFor } = idempotency;
    // When it starts depends on when it was sent; a submission that comes again later is still the same one.
    const { dueAt: _dueAt, startsNow: _startsNow, ...rest } = request;
    const parts = [door, requester, ownKey, askedFor ?? 'now', rest];
    const key = this.secrets.current('idempotency');
    return createHmac('sha256', key)
      .update(JSON.stringify(parts))
      .digest('hex')
      .slice(0, ID_BYTES * 2);
  }

  /** @returns the token for the asker: the right to see and to control the job */
  publicId(id: JobId): PublicJobId {
    return this.seal('job-id', id);
  }

  /** @returns the job id, or null for a token that was not made here */
  readPublicId(token: string): JobId | null {
    return this.open('job-id', token);
  }

  /** @returns the token for everybody the pictures are shared with: no right over the job */
  linkToken(id: JobId): string {
    return this.seal('link', id);
  }

  /** @returns the job id, or null for a token that was not made here */
  readLinkToken(token: string): JobId | null {
    return this.open('link', token);
  }

  private seal(purpose: string, id: JobId): string {
    const raw = Buffer.from(id, 'hex');
    return Buffer.concat([raw, macOf(this.secrets.current(purpose), raw)]).toString('base64url');
  }

  private open(purpose: string, token: string): JobId | null {
    if (!TOKEN.test(token)) return null;
    const bytes = Buffer.from(token, 'base64url');
    const raw = bytes.subarray(0, ID_BYTES);
    const mac = bytes.subarray(ID_BYTES);
    const isOurs = this.secrets.all(purpose).some((key) => timingSafeEqual(macOf(key, raw), mac));
    return isOurs ? raw.toString('hex') : null;
  }
}

function macOf(key: Buffer, raw: Buffer): Buffer {
  return createHmac('sha256', key).update(raw).digest().subarray(0, MAC_BYTES);
}
