/**
 * The User-Agent of this service, for site owners.
 * @param contact address or page that reaches the operator; null: none was given
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.user-agent
 */
export function userAgent(version: string, contact: string | null): string {
  const printable = contact?.replace(/[^\u0020-\u007e]|[()\\]/g, '').trim() ?? '';
  return printable === '' ? `image-job/${version}` : `image-job/${version} (${printable})`;
}
