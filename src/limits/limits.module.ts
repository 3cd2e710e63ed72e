import { Global, Module } from '@nestjs/common';
import { RateLimits } from './rate-limits.js';

/** Who may ask how often; one count for all doors of this process. */
@Global()
@Module({ providers: [RateLimits], exports: [RateLimits] })
export class LimitsModule {}
