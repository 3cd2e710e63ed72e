import { Global, Module } from '@nestjs/common';
import { CountedJobs } from './counted-jobs.js';
import { RateLimits } from './rate-limits.js';

/** Who may ask how often; one count for all doors of this process. */
@Global()
@Module({ providers: [RateLimits, CountedJobs], exports: [RateLimits, CountedJobs] })
export class LimitsModule {}
