import type { EngineUrls } from '../../src/config/engine-settings.js';
import { SystemNameResolver } from '../../src/network/system.name-resolver.js';
import { CommonsSource } from '../../src/scraping/commons/commons.source.js';
import { engineHttp } from '../../src/scraping/json-api/engine-http.js';
import { JsonApi } from '../../src/scraping/json-api/json-api.js';
import { OpenverseSource } from '../../src/scraping/openverse/openverse.source.js';
import { urlsOf } from '../replica/engine-origins.ts';
import './quiet-logs.js';
import { TestClock } from './test-clock.js';

/** The engines with an API, at addresses given by the test. */
export interface OpenCollections {
  readonly openverse: OpenverseSource;
  readonly commons: CommonsSource;
  readonly api: JsonApi;
}

/** Engines that ask `urls`; no other private address is allowed. The caller must shut `api` down. */
export function openCollections(urls: Partial<EngineUrls>): OpenCollections {
  const settings = {
    ...urlsOf(() => 'http://127.0.0.1:1'),
    ...urls,
    allowPrivateHosts: [],
    allowFakeIp: false,
    contact: 'ana@example.org',
    publicUrl: null,
  };
  const api = new JsonApi(engineHttp(settings, new SystemNameResolver()), new TestClock());
  return { api, openverse: new OpenverseSource(api, settings), commons: new CommonsSource(api, settings) };
}
