/**
 * A small stand-in for the internet on loopback: image search engines and the web of their pictures.
 * It makes everything it serves from a seed; the same seed gives the same results, pictures and
 * misbehaviour. It needs only Node and sharp, and runs without a build: `node test/replica/main.ts`.
 *
 * In a test:
 *
 *     const replica = await startReplica({ web: 'clean', ceiling: 30 });
 *     const service = await Service.start({ settings: replica.settings });
 *     const served = await replica.catalogue('red pandas');   // the true file behind every address
 *     expect(replica.stats().consentAccepted).toBe(0);
 *     await replica.close();                                  // cuts every connection
 *
 * Options: see `options.ts`. Behaviours of images and their mixes (`clean`, `calm`: 4 % dead links, `mixed`,
 * `hostile`): see `web/behaviours.ts`.
 *
 * Words in a query choose what happens, before the options do (see `scenarios.ts`):
 *
 * | words             | what happens                                                                        |
 * |-------------------|-------------------------------------------------------------------------------------|
 * | `scenario:NAME`   | Google does NAME; `bing:NAME`, `duckduckgo:NAME`, …: that engine; `all:NAME`: all    |
 * | `web:NAME`        | the images are a mix (`web:hostile`), or every second one misbehaves (`web:stall`)   |
 * | `results:N`       | the engine has N results in all                                                     |
 *
 * | scenario          | what Google does                                                                    |
 * |-------------------|-------------------------------------------------------------------------------------|
 * | `usual`           | the page of 2026: records in `window.W_jd`, tiles, panel, more on scrolling          |
 * | `layout-2024`     | the page of 2024: each record once, `h3`, some imgres links                          |
 * | `layout-2022`     | the page of 2022: `AF_initDataCallback`, `div.isv-r`; further pages by `start=` only |
 * | `no-urls`         | no records; hovering a tile gives imgres, clicking it opens the panel with the original |
 * | `panel-only`      | no records, no imgres: only the panel has the original                              |
 * | `page-only`       | neither: only the source page (`data-lpage`) has the original                       |
 * | `more-link`       | nothing loads on scrolling: the "More results" link must be clicked                 |
 * | `consent`         | a consent wall until it is answered; accepting is counted in the stats              |
 * | `consent-loop`    | a consent wall that comes back whatever is answered                                 |
 * | `captcha`         | `/sorry/` with 429                                                                  |
 * | `soft-block`      | a page with nothing but the advice to switch scripts on                             |
 * | `block-midway`    | captcha after `pagesBeforeBlock` pages                                              |
 * | `no-results`      | "did not match any documents"                                                       |
 * | `changed-layout`  | 200 with neither records nor tiles                                                  |
 * | `server-error`    | 503                                                                                 |
 * | `slow` `hang` `reset` | answers after `slowMs`, never, or with a reset connection                        |
 *
 * The other engines know `usual`, `captcha` (their way of refusing), `block-midway`, `no-results`,
 * `changed-layout`, `server-error`, `slow`, `hang` and `reset`. One in five of their results is one of
 * Google's, under the same address.
 */
import { openCanary } from './canary.ts';
import { catalogueLines } from './catalogue-lines.ts';
import { controlSite } from './control-site.ts';
import { Doors } from './doors.ts';
import type { EngineUrls } from '../../src/config/engine-settings.ts';
import { openEngines, settingsOf } from './engine-origins.ts';
import { planOf, type ReplicaOptions } from './options.ts';
import { openImageOrigins } from './image-origins.ts';
import { Darkroom } from './pictures/darkroom.ts';
import { PictureShelf } from './pictures/picture-shelf.ts';
import type { EngineName } from '../../src/engines/engines.ts';
import { Stats, type RequestRecord, type StatsSnapshot } from './stats.ts';
import { Catalogues } from './web/catalogue.ts';
import type { CatalogueEntry, CatalogueLine } from './web/entry.ts';
import type { ImageWeb } from './web/image-site.ts';

/** The addresses of a replica. */
export interface ReplicaAddresses extends EngineUrls {
  /** Statistics and catalogue over HTTP, for other processes. */
  readonly controlUrl: string;
  /** The image web's hosts. */
  readonly imageOrigins: readonly string[];
  /** All private addresses that a guard has to allow, as `host:port`. */
  readonly allowPrivateHosts: readonly string[];
  /** The environment of a service that may reach this replica and nothing else, e.g. `GOOGLE_URL`. */
  readonly settings: Readonly<Record<string, string>>;
  /** An address that no client may reach; `redirect-private` points here. */
  readonly canaryUrl: string;
}

/** A running replica. */
export interface Replica extends ReplicaAddresses {
  /** @returns all counts as they are now */
  stats(): StatsSnapshot;
  /** Every request so far, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** @returns an engine's results for a query, at once and without digests */
  entries(query: string, engine?: EngineName): readonly CatalogueEntry[];
  /**
   * @param count number of first results; default all
   * @returns the true files behind all addresses, with digests; paints missing ones
   */
  catalogue(query: string, count?: number, engine?: EngineName): Promise<CatalogueLine[]>;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

/** Starts a replica. @throws Error with code EADDRINUSE if a fixed port is taken */
export async function startReplica(options: ReplicaOptions = {}): Promise<Replica> {
  const doors = new Doors();
  try {
    return await openReplica(options, doors);
  } catch (error) {
    await doors.close();
    throw error;
  }
}

async function openReplica(options: ReplicaOptions, doors: Doors): Promise<Replica> {
  const plan = planOf(options);
  const stats = new Stats();
  const darkroom = new Darkroom(new PictureShelf(plan.cacheBytes, plan.cacheDir));
  const canary = doors.keep(await openCanary(stats));
  const images = await openImageOrigins(doors, plan, stats);
  const origins = images.origins.map(({ url }) => url);
  const catalogues = new Catalogues(plan, origins);
  const web: ImageWeb = { plan, stats, origins, canaryUrl: canary.url, catalogues, darkroom };
  images.serve(web);
  const engines = await openEngines(doors, web);
  const allowPrivateHosts = [...engines.origins, ...images.origins].map(({ host }) => host);
  const control = await doors.open('127.0.0.1', 0, new Stats(), [controlSite(web)]);
  return {
    ...engines.urls,
    controlUrl: control.url,
    imageOrigins: origins,
    allowPrivateHosts,
    settings: { ...settingsOf(engines.urls), ALLOW_PRIVATE_HOSTS: allowPrivateHosts.join(',') },
    canaryUrl: canary.url,
    stats: () => stats.snapshot(),
    requests: stats.records,
    entries: (query, engine = 'google') => catalogues.of(engine, query),
    catalogue: (query, count = Infinity, engine = 'google') =>
      catalogueLines(catalogues.of(engine, query).slice(0, count), darkroom),
    close: () => doors.close(),
  };
}
