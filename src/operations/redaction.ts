// Each pattern is anchored at its possible beginnings: otherwise a long word is scanned again from each of
// its letters.
const EMAIL = /(?<![^\s<>"'(),:;[\]])[^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+/g;
/** Tokens follow the path parts that take one; they have 32 characters or more of base64url. */
const TOKEN_IN_PATH = /(\/(?:jobs|d|again|never-mail|confirm-mail)\/)[A-Za-z0-9_-]{20,}/g;
const USER_INFO_IN_URL = /(?<!\w)(\w+:\/\/)[^\s/@]+@/g;

/** `text` without e-mail addresses, link tokens, job tokens and passwords in URLs. */
export function redact(text: string): string {
  return text
    .replace(USER_INFO_IN_URL, '$1[redacted]@')
    .replace(TOKEN_IN_PATH, '$1[redacted]')
    .replace(EMAIL, '[address]');
}
