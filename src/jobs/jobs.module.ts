import { Global, Module } from '@nestjs/common';
import { Secrets } from '../config/secrets.js';
import { Clock } from './clock.port.js';
import { JobTokens } from './job-tokens.js';
import { JobWatcher } from './job-watcher.js';
import { JobsService } from './jobs.service.js';
import { SystemClock } from './system-clock.js';

/** The use cases of jobs; the storage and scheduling rooms provide the adapters of its ports. */
@Global()
@Module({
  providers: [
    { provide: Clock, useClass: SystemClock },
    { provide: JobTokens, inject: [Secrets], useFactory: (secrets: Secrets) => new JobTokens(secrets) },
    JobsService,
    JobWatcher,
  ],
  exports: [Clock, JobTokens, JobsService, JobWatcher],
})
export class JobsModule {}
