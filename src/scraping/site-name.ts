/** The host of a page as people know it, without `www.`; null if there is no page. */
export function siteName(pageUrl: string | null): string | null {
  if (pageUrl === null || !URL.canParse(pageUrl)) return null;
  return new URL(pageUrl).hostname.replace(/^www\./, '') || null;
}
