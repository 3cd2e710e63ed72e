import type { Settings } from '../config/settings.js';
import type { ImageCollector } from '../downloading/image-collector.js';
import type { WorkFolder } from '../downloading/work-folder.js';
import type { Clock } from '../jobs/clock.port.js';
import type { JobQueue } from '../jobs/job-queue.port.js';
import type { JobStore } from '../jobs/job-store.port.js';
import type { JobWatcher } from '../jobs/job-watcher.js';
import type { Outbox } from '../notifications/outbox.js';
import type { EngineBreaker } from '../scraping/engine-breaker.js';
import type { ImageSource } from '../scraping/image-source.port.js';
import type { SearchPace } from '../scraping/search-pace.js';
import type { MissingEngines } from '../scraping/missing-engines.js';
import type { ArchiveBuilder } from '../zipping/archive-builder.js';
import type { ArchiveStore } from '../zipping/archive-store.port.js';

/** Nest injection token of the RunDependencies. */
export const RUN_DEPENDENCIES = Symbol('RunDependencies');

/** Everything a run needs of the other rooms. */
export interface RunDependencies {
  readonly store: JobStore;
  readonly queue: JobQueue;
  readonly watcher: Pick<JobWatcher, 'watch'>;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'engines' | 'linkTtlMs'>;
  /** Every engine; the job and the settings decide which are asked, in which order. */
  readonly sources: readonly ImageSource[];
  readonly missingEngines: Pick<MissingEngines, 'note'>;
  readonly breaker: Pick<EngineBreaker, 'whyLeftAlone' | 'noteFailure'>;
  readonly searchPace: Pick<SearchPace, 'turn'>;
  readonly collector: Pick<ImageCollector, 'collect'>;
  readonly workFolder: Pick<WorkFolder, 'read' | 'remove'>;
  readonly archiveBuilder: Pick<ArchiveBuilder, 'build'>;
  readonly archives: ArchiveStore;
  readonly outbox: Pick<Outbox, 'deliver'>;
}
