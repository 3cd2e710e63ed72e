/** The strong entity tag of content with a digest. */
export function entityTag(sha256: string): string {
  return `"${sha256}"`;
}

/**
 * Whether an If-None-Match header names `tag`, by weak comparison.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 */
export function isNamedBy(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return header.split(',').some((named) => named.trim().replace(/^W\//, '') === tag);
}

/**
 * Whether a Range may be honoured: there is no If-Range header, or it names exactly `tag`. Dates never match,
 * since no modification date is sent.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5
 */
export function allowsRange(ifRange: string | undefined, tag: string): boolean {
  return ifRange === undefined || ifRange.trim() === tag;
}
