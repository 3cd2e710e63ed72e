import { Global, Module } from '@nestjs/common';
import { JobQueue } from '../jobs/job-queue.port.js';
import { EmbeddedJobQueue } from './embedded.job-queue.js';

/** Provides the JobQueue. */
@Global()
@Module({ providers: [{ provide: JobQueue, useClass: EmbeddedJobQueue }], exports: [JobQueue] })
export class SchedulingModule {}
