import { type FactoryProvider, Module } from '@nestjs/common';
import { SETTINGS_TOKEN } from '../config/settings.js';
import { DownloadingModule } from '../downloading/downloading.module.js';
import { ImageCollector } from '../downloading/image-collector.js';
import { WorkFolder } from '../downloading/work-folder.js';
import { Clock } from '../jobs/clock.port.js';
import { JobQueue } from '../jobs/job-queue.port.js';
import { JobStore } from '../jobs/job-store.port.js';
import { JobWatcher } from '../jobs/job-watcher.js';
import { Outbox } from '../notifications/outbox.js';
import { EngineBreaker } from '../scraping/engine-breaker.js';
import { IMAGE_SOURCES } from '../scraping/image-sources.js';
import { MissingEngines } from '../scraping/missing-engines.js';
import { ScrapingModule } from '../scraping/scraping.module.js';
import { ArchiveBuilder } from '../zipping/archive-builder.js';
import { ArchiveStore } from '../zipping/archive-store.port.js';
import { ZippingModule } from '../zipping/zipping.module.js';
import { RUN_DEPENDENCIES, type RunDependencies } from './run-dependencies.js';

/** What each room of a run is injected by. */
const TOKENS = {
  store: JobStore,
  queue: JobQueue,
  watcher: JobWatcher,
  clock: Clock,
  settings: SETTINGS_TOKEN,
  sources: IMAGE_SOURCES,
  missingEngines: MissingEngines,
  breaker: EngineBreaker,
  collector: ImageCollector,
  workFolder: WorkFolder,
  archiveBuilder: ArchiveBuilder,
  archives: ArchiveStore,
  outbox: Outbox,
} as const satisfies Record<keyof RunDependencies, unknown>;

const roomsProvider: FactoryProvider<RunDependencies> = {
  provide: RUN_DEPENDENCIES,
  inject: Object.values(TOKENS),
  useFactory: (
    store: JobStore,
    queue: JobQueue,
    watcher: JobWatcher,
    clock: Clock,
    settings: RunDependencies['settings'],
    sources: RunDependencies['sources'],
    missingEngines: MissingEngines,
    breaker: EngineBreaker,
    collector: ImageCollector,
    workFolder: WorkFolder,
    archiveBuilder: ArchiveBuilder,
    archives: ArchiveStore,
    outbox: Outbox,
  ) => ({
    store,
    queue,
    watcher,
    clock,
    settings,
    sources,
    missingEngines,
    breaker,
    collector,
    workFolder,
    archiveBuilder,
    archives,
    outbox,
  }),
};

/** Brings together what a run needs. */
@Module({
  imports: [ScrapingModule, DownloadingModule, ZippingModule],
  providers: [roomsProvider],
  exports: [RUN_DEPENDENCIES],
})
export class PipelineModule {}
