import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Secrets } from '../config/secrets.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts and authenticates `text` like {@link sealBytes}. @returns base64url */
export function sealText(text: string, purpose: string, secrets: Secrets): string {
  return sealBytes(Buffer.from(text, 'utf8'), purpose, secrets);
}

/** @returns the text of a token like {@link openBytes}, or null */
export function openText(token: string, purpose: string, secrets: Secrets): string | null {
  return openBytes(token, purpose, secrets)?.toString('utf8') ?? null;
}

/**
 * Encrypts and authenticates bytes with the current secret's key for `purpose`. @returns base64url
 * @see https://csrc.nist.gov/pubs/sp/800/38/d/final
 */
export function sealBytes(bytes: Buffer, purpose: string, secrets: Secrets): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, secrets.current(purpose), nonce);
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
}

/**
 * @returns the bytes of a token that `sealBytes` made for the same purpose, also with a previous secret; else
 *   null
 */
export function openBytes(token: string, purpose: string, secrets: Secrets): Buffer | null {
  const bytes = Buffer.from(token, 'base64url');
  // Another spelling of a token would be a second address of the same thing.
  if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== token) return null;
  const opened = secrets.all(purpose).map((key) => decrypt(bytes, key));
  return opened.find((content) => content !== null) ?? null;
}

function decrypt(bytes: Buffer, key: Buffer): Buffer | null {
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const content = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([content, decipher.final()]);
  } catch {
    // `final()` throws only if the tag does not fit: the token was not made here, or not with this key.
    return null;
  }
}
