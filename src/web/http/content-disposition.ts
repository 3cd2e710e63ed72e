/**
 * An attachment header with a plain ASCII name for old clients and the real one beside it.
 * @param name file name in any language; separators, control characters and quotes are left out
 * @see https://www.rfc-editor.org/rfc/rfc6266
 * @see https://www.rfc-editor.org/rfc/rfc8187
 */
export function attachment(name: string): string {
  const clean = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}/\\"*:<>?|]+/gu, ' ')
    .replace(/\s+(?=\.\w+$|\s)/gu, '')
    .trim();
  const ascii = clean
    .normalize('NFKD')
    .replace(/[^\x20-\x7E]+/g, '')
    .replace(/[%\s]+/g, '-')
    .replace(/-{2,}/g, '-');
  const fallback = /^[\w-]/.test(ascii) ? ascii : `images${ascii}`;
  const encoded = encodeURIComponent(clean).replace(/['()*!]/g, percentEncode);
  return `attachment; filename="${fallback}"; filename*=UTF-8''${encoded}`;
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The name under which an archive is saved: the query, shortened. */
export function archiveFileName(query: string): string {
  const short = [...query.replace(/[\s.]+/gu, ' ').trim()].slice(0, 60).join('');
  return `${short === '' ? 'images' : short}.zip`;
}
