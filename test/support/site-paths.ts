import type { Route } from './service-inside.ts';

const LINKS = /\b(?:href|src|action|data-events)="([^"#?]+)/g;
const MOST_PAGES = 60;

/** @returns every path of the site that its pages name, beginning with the given ones */
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

/** Ways to fill the named parts of a route: paths that the pages name; null where they name none. */
export function fillingsOf({ path }: Route, known: Iterable<string>): string[] | null {
  if (!path.includes(':')) return [path];
  const pattern = new RegExp(`^${path.replaceAll('.', String.raw`\.`).replaceAll(/:\w+/g, '[^/]+')}$`);
  const fillings = [...known].filter((one) => pattern.test(one));
  return fillings.length === 0 ? null : fillings;
}

/** The pages above may be named as text only, to be copied. */
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
