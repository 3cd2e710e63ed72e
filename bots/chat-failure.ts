/**
 * What a failed call to a platform means: `place_gone` (deleted, archived, or not open to us), `person_gone`
 * (left, or takes no messages from us), `no_access` (token revoked), `later` (down or too many calls; nothing
 * was done), `unclear` (it may have been done), `refused` (the call itself was wrong).
 */
export type ChatFailureKind = 'place_gone' | 'person_gone' | 'no_access' | 'later' | 'unclear' | 'refused';

/** A failed call to a chat platform. */
export class ChatFailure extends Error {
  /**
   * @param detail the platform's own code, free of names and addresses
   * @param retryAfterMs when the platform said to come back, in milliseconds; null: it did not
   */
  constructor(
    readonly kind: ChatFailureKind,
    readonly detail: string,
    readonly retryAfterMs: number | null = null,
    cause?: unknown,
  ) {
    super(`${kind}: ${detail}`, { cause });
    this.name = 'ChatFailure';
  }
}

/** Nothing reached the other side, so nothing can have been done. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** A call that got no answer. @param codes of the error and its causes, the innermost last */
export function unansweredCall(codes: readonly string[], cause: unknown): ChatFailure {
  const isUnsent = codes.some((code) => NOT_SENT.has(code));
  return new ChatFailure(isUnsent ? 'later' : 'unclear', codes.at(-1) ?? 'no_answer', null, cause);
}
