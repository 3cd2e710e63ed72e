import { Inject, Injectable, Logger } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import type { EngineName } from '../engines/engines.js';
import { Clock } from '../jobs/clock.port.js';
import type { JobId } from '../jobs/job.js';
import { Lacking } from '../jobs/lacking.js';
import type { ImageSource } from './image-source.port.js';
import { IMAGE_SOURCES } from './image-sources.js';

/** The engines that this process should search and cannot. */
@Injectable()
export class MissingEngines {
  private readonly logger = new Logger(MissingEngines.name);
  private readonly lacking: Lacking<EngineName>;

  constructor(
    clock: Clock,
    @Inject(IMAGE_SOURCES) private readonly sources: readonly ImageSource[],
    @Inject(SETTINGS_TOKEN) private readonly settings: Pick<Settings, 'engines' | 'roles'>,
  ) {
    this.lacking = new Lacking(clock);
  }

  /**
   * Engines in ENGINES without a source, and missing ones that jobs asked for lately; empty if this process
   * runs no jobs.
   */
  get names(): readonly EngineName[] {
    const { engines, roles } = this.settings;
    if (!roles.includes('worker')) return [];
    const without = engines.filter((name) => !this.sources.some((source) => source.name === name));
    return [...new Set([...without, ...this.lacking.names])];
  }

  /** Notes that a job asked for a missing engine; logged once. */
  note(engine: EngineName, jobId: JobId): void {
    if (!this.lacking.note(engine)) return;
    this.logger.warn({ engine, jobId }, 'a job asks for a search engine that is not set up here');
  }
}
