import { createHash } from 'node:crypto';
import type { Candidate } from '../candidate.js';

type Identity = Pick<Candidate, 'imageUrl' | 'engine' | 'sourceId'>;

/**
 * The key of a record: 32 hex digits of sha256 over the image's address, or over engine and source id if it is not
 * known yet.
 * @param scope keeps records of the same image apart; absent: those of the first query
 */
export function recordHash({ imageUrl, engine, sourceId }: Identity, scope?: string): string {
  const identity = imageUrl ?? `${engine}\n${sourceId}`;
  const text = scope === undefined ? identity : `${scope}\n${identity}`;
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
