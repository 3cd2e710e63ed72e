import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/limits.module.js';
import { CountedJobs } from './counted-jobs.js';

/** Takes requests in for every door that strangers use. */
@Module({ imports: [LimitsModule], providers: [CountedJobs], exports: [CountedJobs, LimitsModule] })
export class IntakeModule {}
