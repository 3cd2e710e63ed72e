import { Module } from '@nestjs/common';
import { DownloadingModule } from '../downloading/downloading.module.js';
import { ScrapingModule } from '../scraping/scraping.module.js';
import { ZippingModule } from '../zipping/zipping.module.js';
import { InjectedRunDependencies } from './injected-run-dependencies.js';
import { RUN_DEPENDENCIES } from './run-dependencies.js';

/** Provides the dependencies of a run. */
@Module({
  imports: [ScrapingModule, DownloadingModule, ZippingModule],
  providers: [{ provide: RUN_DEPENDENCIES, useClass: InjectedRunDependencies }],
  exports: [RUN_DEPENDENCIES],
})
export class PipelineModule {}
