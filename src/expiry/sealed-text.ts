import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Secrets } from '../config/secrets.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts and authenticates `text` with the current secret's key for `purpose`. @returns base64url
 * @see https://csrc.nist.gov/pubs/sp/800/38/d/final
 */
export function sealText(text: string, purpose: string, secrets: Secrets): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, secrets.current(purpose), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
}

/**
 * @returns the text of a token that `sealText` made for the same purpose, also with a previous secret; else
 *   null
 */
export function openText(token: string, purpose: string, secrets: Secrets): string | null {
  const bytes = Buffer.from(token, 'base64url');
  // Another spelling of a token would be a second address of the same thing.
  if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== token) return null;
  const texts = secrets.all(purpose).map((key) => decrypt(bytes, key));
  return texts.find((text) => text !== null) ?? null;
}

function decrypt(bytes: Buffer, key: Buffer): string | null {
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    // `final()` throws only if the tag does not fit: the token was not made here, or not with this key.
    return null;
  }
}
