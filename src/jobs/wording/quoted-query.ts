const MAX_SHOWN = 80;

/** Line breaks, other control characters and marks that turn the direction of what follows. */
const NOT_SHOWN = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/** Text of others as it may be written to a terminal: without what a terminal obeys, and in one line. */
export function plainLine(text: string): string {
  return text.replace(NOT_SHOWN, ' ');
}

/** A query as it is shown in mails and chat messages: one line, quoted, at most 80 characters. */
export function quotedQuery(query: string): string {
  const line = plainLine(query).trim();
  const characters = [...line];
  return `“${characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN - 1).join('')}…` : line}”`;
}
