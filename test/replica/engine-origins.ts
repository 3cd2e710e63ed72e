import type { Doors } from './doors.ts';
import { bingSite } from './engines/bing.ts';
import { commonsSite } from './engines/commons.ts';
import { duckDuckGoSite } from './engines/duckduckgo.ts';
import { openverseSite } from './engines/openverse.ts';
import { googleSite } from './google/google.ts';
import type { Origin } from './origin.ts';
import type { ImageWeb } from './web/image-site.ts';

/** Base addresses of the engines, as the settings `GOOGLE_URL` and so on want them. */
export interface EngineUrls {
  readonly googleUrl: string;
  readonly bingUrl: string;
  readonly duckduckgoUrl: string;
  readonly openverseUrl: string;
  readonly commonsUrl: string;
}

/** Opens an address for every engine; Google has the fixed port, where there is one. */
export async function openEngines(
  doors: Doors,
  web: ImageWeb,
): Promise<{ readonly origins: readonly Origin[]; readonly urls: EngineUrls }> {
  const open = (port: number, site: typeof googleSite): Promise<Origin> =>
    doors.open('127.0.0.1', port, web.stats, [site(web)]);
  const google = await open(web.plan.port, googleSite);
  const bing = await open(0, bingSite);
  const duckduckgo = await open(0, duckDuckGoSite);
  const openverse = await open(0, openverseSite);
  const commons = await open(0, commonsSite);
  return {
    origins: [google, bing, duckduckgo, openverse, commons],
    urls: {
      googleUrl: google.url,
      bingUrl: bing.url,
      duckduckgoUrl: duckduckgo.url,
      openverseUrl: openverse.url,
      commonsUrl: commons.url,
    },
  };
}
