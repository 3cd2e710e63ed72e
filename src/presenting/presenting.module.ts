import { Module } from '@nestjs/common';
import { Links } from '../expiry/links.js';
import { LinksModule } from '../expiry/links.module.js';
import { JobLinks } from './job-links.port.js';
import { JobPresenter } from './job-presenter.js';

/** Shows jobs to the outside: their public JSON and their addresses, for doors and notifiers. */
@Module({
  imports: [LinksModule],
  providers: [JobPresenter, { provide: JobLinks, useExisting: Links }],
  exports: [JobPresenter, JobLinks],
})
export class PresentingModule {}
