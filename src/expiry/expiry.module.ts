import { type DynamicModule, type InjectionToken, Module, type ModuleMetadata } from '@nestjs/common';
import { JOB_FILES, type JobFiles } from './job-files.js';
import { Sweeper } from './sweeper.js';
import { SweepSchedule } from './sweep-schedule.js';

/** Where the sweeper finds the files of jobs. */
export interface SweptPlaces {
  /** The modules that export the places. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  /** Tokens of what `places` is made from. */
  readonly inject: readonly InjectionToken[];
  /** Makes the list of places from the injected things. */
  readonly places: (...injected: never[]) => readonly JobFiles[];
}

/** Deletes files and records when their time has run out. Needs ScheduleModule.forRoot() in the root. */
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
