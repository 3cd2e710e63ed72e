/**
 * The meaning of a failed call: `place_gone` (the conversation is deleted, archived, or closed to the app),
 * `person_gone` (left, or takes no messages from the app), `no_access` (token revoked), `later` (platform
 * down or too many calls; the call had no effect), `unclear` (the call may have had its effect), `refused`
 * (the call was wrong).
 */
export type ChatFailureKind = 'place_gone' | 'person_gone' | 'no_access' | 'later' | 'unclear' | 'refused';

/** A failed call to a chat platform. */
export class ChatFailure extends Error {
  /**
   * @param detail the platform's own code, free of names and addresses
   * @param retryAfterMs the wait that the platform asked for, in milliseconds; null: none
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

/** Errors after which the call cannot have reached the platform. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The failure of a call without an answer. @param codes of the error and its causes, the innermost last */
export function unansweredCall(codes: readonly string[], cause: unknown): ChatFailure {
  const isUnsent = codes.some((code) => NOT_SENT.has(code));
  return new ChatFailure(isUnsent ? 'later' : 'unclear', codes.at(-1) ?? 'no_answer', null, cause);
}
