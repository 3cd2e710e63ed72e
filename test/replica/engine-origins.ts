import type { EngineUrls } from '../../src/config/engine-settings.ts';
import { ENGINE_NAMES, type EngineName } from '../../src/engines/engines.ts';
import type { Doors } from './doors.ts';
import { bingSite } from './engines/bing.ts';
import { commonsSite } from './engines/commons.ts';
import { duckDuckGoSite } from './engines/duckduckgo.ts';
import { openverseSite } from './engines/openverse.ts';
import type { Handler } from './exchange.ts';
import { googleSite } from './google/google.ts';
import type { Origin } from './origin.ts';
import type { ImageWeb } from './web/image-site.ts';

/** The stand-in of each engine. */
const SITES: Readonly<Record<EngineName, (web: ImageWeb) => Handler>> = {
  google: googleSite,
  bing: bingSite,
  duckduckgo: duckDuckGoSite,
  openverse: openverseSite,
  commons: commonsSite,
};

/** Opens an address for every engine; Google gets the fixed port, if there is one. */
export async function openEngines(
  doors: Doors,
  web: ImageWeb,
): Promise<{ readonly origins: readonly Origin[]; readonly urls: EngineUrls }> {
  const origins: Origin[] = [];
  for (const name of ENGINE_NAMES) {
    const port = name === 'google' ? web.plan.port : 0;
    origins.push(await doors.open('127.0.0.1', port, web.stats, [SITES[name](web)]));
  }
  return { origins, urls: urlsOf((_name, at) => origins[at]?.url ?? '') };
}

/** Settings that lead every engine to an address where nothing listens, so that no test reaches a real one. */
export const ENGINES_NOWHERE = settingsOf(urlsOf(() => 'http://127.0.0.1:1'));

/** The addresses as the environment of a service has them, e.g. `GOOGLE_URL`. */
export function settingsOf(urls: EngineUrls): Record<string, string> {
  return Object.fromEntries(ENGINE_NAMES.map((name) => [`${name.toUpperCase()}_URL`, urls[`${name}Url`]]));
}

/** An address for each engine. */
export function urlsOf(urlOf: (name: EngineName, at: number) => string): EngineUrls {
  return Object.fromEntries(ENGINE_NAMES.map((name, at) => [`${name}Url`, urlOf(name, at)])) as EngineUrls;
}
