import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../config/secrets.js';
import type { Instant } from './clock.port.js';
import type { Door, JobId, JobRequest } from './job.js';

/** A job id with its MAC, 32 characters of base64url. Its holder may see and control the job. */
export type PublicJobId = string;

const ID_BYTES = 16;
const MAC_BYTES = 8;
const TOKEN = /^[A-Za-z0-9_-]{32}$/;

/** The identity of a submission: the same identity and the same request lead to the same job. */
export interface Idempotency {
  /** An authenticated person, or a nonce or client address that the server established. */
  readonly requester: string;
  readonly key: string;
  /** The requested instant, even if it is the current minute; null: none was requested. */
  readonly askedFor: Instant | null;
}

/** Makes and reads the tokens of jobs, with a separate key for each purpose. */
export class JobTokens {
  constructor(private readonly secrets: Secrets) {}

  /** @returns the id of a new job: random, or derived from the identity of the submission */
  newId(door: Door, request: JobRequest, idempotency: Idempotency | null): JobId {
    if (idempotency === null) return randomBytes(ID_BYTES).toString('hex');
    const { requester, key: ownKey, askedFor } = idempotency;
    // The start depends on the time of sending; a repeated submission is still the same.
    const { dueAt: _dueAt, startsNow: _startsNow, ...rest } = request;
    const parts = [door, requester, ownKey, askedFor ?? 'now', rest];
    const key = this.secrets.current('idempotency');
    return createHmac('sha256', key)
      .update(JSON.stringify(parts))
      .digest('hex')
      .slice(0, ID_BYTES * 2);
  }

  /** @returns the token of the asker, with the right to see and control the job */
  publicId(id: JobId): PublicJobId {
    return this.seal('job-id', id);
  }

  /** @returns the job id, or null for a forged token */
  readPublicId(token: string): JobId | null {
    return this.open('job-id', token);
  }

  /** @returns the token for sharing the images, without control over the job */
  linkToken(id: JobId): string {
    return this.seal('link', id);
  }

  /** @returns the job id, or null for a forged token */
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
