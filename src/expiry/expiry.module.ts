import { type DynamicModule, type InjectionToken, Module, type ModuleMetadata } from '@nestjs/common';
import { JOB_FILES, type JobFiles } from './job-files.js';
import { Sweeper } from './sweeper.js';
import { SweepSchedule } from './sweep-schedule.js';

/** The places where jobs have files. */
export interface SweptPlaces {
  /** The modules that export the places. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  /** Tokens of the dependencies of `places`. */
  readonly inject: readonly InjectionToken[];
  /** Makes the list of places from its dependencies. */
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
