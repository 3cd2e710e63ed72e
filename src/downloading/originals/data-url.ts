/**
 * The bytes of an image in a base64 `data:` address, or null for any other address. @see
 * https://www.rfc-editor.org/rfc/rfc2397
 */
export function bytesInDataUrl(url: string): Buffer | null {
  const [, base64] = /^data:image\/[\w.+-]+;base64,([A-Za-z0-9+/=\s%]+)$/i.exec(url) ?? [];
  return base64 === undefined ? null : Buffer.from(withoutEscapes(base64), 'base64');
}

/** Invalid escapes stay and are ignored, like everything else that is no base64. */
function withoutEscapes(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
