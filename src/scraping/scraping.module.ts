import { Module } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { Clock } from '../jobs/clock.port.js';
import { NameResolver } from '../network/name-resolver.port.js';
import { FilteringProxy } from '../network/filtering-proxy.js';
import { NetworkModule } from '../network/network.module.js';
import { BROWSER_DEFAULTS } from './browser/browser-options.js';
import { Browser } from './browser/browser.port.js';
import { LocalChromeBrowser } from './browser/local-chrome.browser.js';
import { EngineBreaker } from './engine-breaker.js';
import { EngineCanary } from './engine-canary.js';
import { engineGuard } from './engine-guard.js';
import type { ImageSource } from './image-source.port.js';
import { IMAGE_SOURCE_CLASSES, IMAGE_SOURCES } from './image-sources.js';
import { engineHttp } from './json-api/engine-http.js';
import { JsonApi } from './json-api/json-api.js';
import { MissingEngines } from './missing-engines.js';
import { SearchPace } from './search-pace.js';

/** Provides the engines and their browser. */
@Module({
  imports: [NetworkModule],
  providers: [
    {
      provide: FilteringProxy,
      inject: [SETTINGS_TOKEN, NameResolver],
      useFactory: (settings: Settings, resolver: NameResolver) =>
        new FilteringProxy(engineGuard(settings, 'web'), resolver),
    },
    {
      provide: Browser,
      inject: [SETTINGS_TOKEN, FilteringProxy],
      useFactory: ({ browserPath, driverPath, browserSandbox: sandbox }: Settings, proxy: FilteringProxy) => {
        const proxyAddress = (): Promise<string> => proxy.address();
        return new LocalChromeBrowser({
          ...BROWSER_DEFAULTS,
          browserPath,
          driverPath,
          sandbox,
          proxyAddress,
        });
      },
    },
    {
      provide: JsonApi,
      inject: [SETTINGS_TOKEN, NameResolver, Clock],
      useFactory: (settings: Settings, resolver: NameResolver, clock: Clock) =>
        new JsonApi(engineHttp(settings, resolver), clock),
    },
    EngineBreaker,
    EngineCanary,
    MissingEngines,
    SearchPace,
    ...IMAGE_SOURCE_CLASSES,
    {
      provide: IMAGE_SOURCES,
      inject: [...IMAGE_SOURCE_CLASSES],
      useFactory: (...sources: ImageSource[]): readonly ImageSource[] => sources,
    },
  ],
  exports: [Browser, EngineBreaker, EngineCanary, MissingEngines, SearchPace, IMAGE_SOURCES],
})
export class ScrapingModule {}
