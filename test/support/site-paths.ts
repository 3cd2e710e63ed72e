const LINKS = /\b(?:href|src|action|data-events)="([^"#?]+)/g;
const MOST_PAGES = 60;

/** @returns all paths of the site that its pages link to, including the given ones */
export async function pathsOf(url: string, begin: readonly string[]): Promise<Set<string>> {
  const known = new Set(begin);
  const pages = [...begin];
  for (const path of pages) {
    for (const found of (await linksOn(new URL(path, url))).flatMap(withParents)) {
      if (known.has(found)) continue;
      known.add(found);
      if (pages.length < MOST_PAGES) pages.push(found);
    }
  }
  return known;
}

/** The known paths that match a route with `:named` parameters. */
export function fillingsOf(path: string, known: Iterable<string>): string[] {
  const pattern = new RegExp(`^${path.replaceAll('.', String.raw`\.`).replaceAll(/:\w+/g, '[^/]+')}$`);
  return path.includes(':') ? [...known].filter((one) => pattern.test(one)) : [path];
}

/** A path and its parents, which pages may show only as text to be copied. */
function withParents(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_part, index) => parts.slice(0, index + 2).join('/'));
}

async function linksOn(page: URL): Promise<string[]> {
  const response = await fetch(page, { headers: { Accept: 'text/html' }, redirect: 'manual' });
  if (response.headers.get('content-type')?.startsWith('text/html') !== true) {
    await response.body?.cancel();
    return [];
  }
  const links = [...(await response.text()).matchAll(LINKS)].map(([, link = '']) => new URL(link, page));
  return links.filter(({ host }) => host === page.host).map(({ pathname }) => pathname);
}
