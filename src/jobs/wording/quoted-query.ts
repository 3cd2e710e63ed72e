const MAX_SHOWN = 80;

/** Line breaks, other control characters, and marks that change the writing direction. */
const NOT_SHOWN = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/** Untrusted text for a terminal: in one line, without control characters. */
export function plainLine(text: string): string {
  return text.replace(NOT_SHOWN, ' ');
}

/** A query for mails and chat messages: one line, quoted, at most 80 characters. */
export function quotedQuery(query: string): string {
  const line = plainLine(query).trim();
  const characters = [...line];
  return `“${characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN - 1).join('')}…` : line}”`;
}
