import { type DynamicModule, type InjectionToken, Module, type ModuleMetadata } from '@nestjs/common';
import { JOB_FILES, type JobFiles } from './job-files.js';
import { Sweeper } from './sweeper.js';
import { SweepSchedule } from './sweep-schedule.js';

/** Tells the sweeper where the files of jobs are. */
export interface SweptPlaces {
  /** The modules that export the places. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  /** Injection tokens of the arguments of `places`. */
  readonly inject: readonly InjectionToken[];
  /** Makes the list of places. */
  readonly places: (...injected: never[]) => readonly JobFiles[];
}

/** Deletes expired files and records. Needs ScheduleModule.forRoot() in the root. */
@Module({})
export class ExpiryModule {
  static sweeping({ imports, inject, places }: SweptPlaces): DynamicModule {
    return {
      module: ExpiryModule,
      imports,
      providers: [{ provide: JOB_FILES, inject: [...inject], useFactory: places }, Sweeper, SweepSchedule],
      exports: [Sweeper],
    };
  }
}
