/**
 * What a browser would tell the image's host about the page: its address without query and fragment, and nothing
 * where a secure page would be told to an open connection.
 * @returns null where there is nothing to tell
 * @see https://www.w3.org/TR/referrer-policy/
 */
export function refererFor(pageUrl: string | null, imageUrl: string): string | null {
  if (pageUrl === null || !URL.canParse(pageUrl) || !URL.canParse(imageUrl)) return null;
  const page = new URL(pageUrl);
  const isWeb = page.protocol === 'https:' || page.protocol === 'http:';
  const isDowngrade = page.protocol === 'https:' && new URL(imageUrl).protocol === 'http:';
  return isWeb && !isDowngrade ? `${page.origin}${page.pathname}` : null;
}
