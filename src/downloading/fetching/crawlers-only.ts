/**
 * Hosts that answer search engines' crawlers with images and everybody else with a page to log in: nothing good
 * has ever come from there.
 * @param host name, with or without a port
 */
export function showsImagesToCrawlersOnly(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name.startsWith('lookaside.') || name === 'tiktok.com' || name.endsWith('.tiktok.com');
}
