/** Device names that Windows reserves, with any extension. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * Builds an attachment header with a plain name for old clients and the real name.
 * @param name file name in any language; separators, control characters and quotes are removed
 * @param plainName ASCII letters, digits, `.`, `-` and `_`
 * @see https://www.rfc-editor.org/rfc/rfc6266
 * @see https://www.rfc-editor.org/rfc/rfc8187
 */
export function attachment(name: string, plainName: string): string {
  const clean = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}/\\"*:<>?|]+/gu, ' ')
    .replace(/\s+(?=\.\w+$|\s)/gu, '')
    .trim();
  const encoded = encodeURIComponent(clean).replace(/['()*!]/g, percentEncode);
  return `attachment; filename="${plainName}"; filename*=UTF-8''${encoded}`;
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The file name of an archive: its title, shortened. */
export function archiveFileName(title: string): string {
  const short = [...title.replace(/[\s.]+/gu, ' ').trim()].slice(0, 60).join('');
  if (short === '') return 'images.zip';
  return RESERVED.test(short) ? `${short} images.zip` : `${short}.zip`;
}
