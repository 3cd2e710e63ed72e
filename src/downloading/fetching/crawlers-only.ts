/**
 * Hosts that send images to crawlers of search engines and a login page to everybody else.
 * @param host name, with or without a port
 */
export function showsImagesToCrawlersOnly(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name.startsWith('lookaside.') || name === 'tiktok.com' || name.endsWith('.tiktok.com');
}
