import { Module } from '@nestjs/common';
import { RateLimits } from './rate-limits.js';

/** The rate limits, with one count for all doors of this process. */
@Module({ providers: [RateLimits], exports: [RateLimits] })
export class LimitsModule {}
