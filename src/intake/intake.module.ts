import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/limits.module.js';
import { ValidationModule } from '../validation/validation.module.js';
import { CountedJobs } from './counted-jobs.js';
import { Intake } from './intake.js';

/** Gives every door the one Intake, its validator and its limits. */
@Module({
  imports: [ValidationModule, LimitsModule],
  providers: [CountedJobs, Intake],
  exports: [Intake, ValidationModule, LimitsModule],
})
export class IntakeModule {}
