import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { ImageCollector } from '../downloading/image-collector.js';
import { WorkFolder } from '../downloading/work-folder.js';
import { Clock } from '../jobs/clock.port.js';
import { JobQueue } from '../jobs/job-queue.port.js';
import { JobStore } from '../jobs/job-store.port.js';
import { JobWatcher } from '../jobs/job-watcher.js';
import { Outbox } from '../notifications/outbox.js';
import { EngineBreaker } from '../scraping/engine-breaker.js';
import type { ImageSource } from '../scraping/image-source.port.js';
import { IMAGE_SOURCES } from '../scraping/image-sources.js';
import { SearchPace } from '../scraping/search-pace.js';
import { MissingEngines } from '../scraping/missing-engines.js';
import { ArchiveBuilder } from '../zipping/archive-builder.js';
import { ArchiveStore } from '../zipping/archive-store.port.js';
import type { RunDependencies } from './run-dependencies.js';

/** The RunDependencies of the product: Nest injects each by its type. */
@Injectable()
export class InjectedRunDependencies implements RunDependencies {
  constructor(
    readonly store: JobStore,
    readonly queue: JobQueue,
    readonly watcher: JobWatcher,
    readonly clock: Clock,
    @Inject(SETTINGS_TOKEN) readonly settings: Settings,
    @Inject(IMAGE_SOURCES) readonly sources: readonly ImageSource[],
    readonly missingEngines: MissingEngines,
    readonly breaker: EngineBreaker,
    readonly searchPace: SearchPace,
    readonly collector: ImageCollector,
    readonly workFolder: WorkFolder,
    readonly archiveBuilder: ArchiveBuilder,
    readonly archives: ArchiveStore,
    readonly outbox: Outbox,
  ) {}
}
