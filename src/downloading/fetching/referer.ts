/**
 * The page's address as a browser sends it to the image's host: without query and fragment, and not from a
 * secure page to an insecure host.
 * @returns null if nothing is sent
 * @see https://www.w3.org/TR/referrer-policy/
 */
export function refererFor(pageUrl: string | null, imageUrl: string): string | null {
  if (pageUrl === null || !URL.canParse(pageUrl) || !URL.canParse(imageUrl)) return null;
  const page = new URL(pageUrl);
  const isWeb = page.protocol === 'https:' || page.protocol === 'http:';
  const isDowngrade = page.protocol === 'https:' && new URL(imageUrl).protocol === 'http:';
  return isWeb && !isDowngrade ? `${page.origin}${page.pathname}` : null;
}
