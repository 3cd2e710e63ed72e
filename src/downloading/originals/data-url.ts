/** The bytes in a base64 `data:` address of an image, or null for any other address. @see https://www.rfc-editor.org/rfc/rfc2397 */
export function bytesInDataUrl(url: string): Buffer | null {
  const [, base64] = /^data:image\/[\w.+-]+;base64,([A-Za-z0-9+/=\s%]+)$/i.exec(url) ?? [];
  return base64 === undefined ? null : Buffer.from(decodeURIComponent(base64), 'base64');
}
