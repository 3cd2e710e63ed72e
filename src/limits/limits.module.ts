import { Module } from '@nestjs/common';
import { RateLimits } from './rate-limits.js';

/** Provides the rate limits; all doors of this process share the counts. */
@Module({ providers: [RateLimits], exports: [RateLimits] })
export class LimitsModule {}
