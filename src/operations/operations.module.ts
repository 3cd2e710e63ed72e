import { type DynamicModule, Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthController } from './health.controller.js';
import { IdleMemory, PROCESS_MEMORY } from './idle-memory.js';
import { type Meter, METERS, MetricsController } from './metrics.controller.js';
import { processMemory } from './process-memory.js';
import { READINESS_CHECKS, type ReadinessCheck, ReadinessChecks } from './readiness-checks.js';

/** Assembles readiness checks and metrics from other rooms at the composition root. */
export interface ReadinessOptions<T extends readonly unknown[]> {
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  readonly inject: { readonly [K in keyof T]: Type<T[K]> | (abstract new (...args: never[]) => T[K]) };
  readonly useFactory: (...parts: T) => readonly ReadinessCheck[];
  /** Meters of the same parts; default: none. */
  readonly meters?: (...parts: T) => readonly Meter[];
}

/** Health, readiness and metrics, and idle memory management. */
@Module({})
export class OperationsModule {
  static withReadiness<T extends readonly unknown[]>(options: ReadinessOptions<T>): DynamicModule {
    return {
      module: OperationsModule,
      imports: [TerminusModule.forRoot({ logger: false }), ...options.imports],
      controllers: [HealthController, MetricsController],
      providers: [
        ReadinessChecks,
        { provide: PROCESS_MEMORY, useFactory: processMemory },
        IdleMemory,
        { provide: READINESS_CHECKS, inject: [...options.inject], useFactory: options.useFactory },
        { provide: METERS, inject: [...options.inject], useFactory: options.meters ?? (() => []) },
      ],
    };
  }
}
