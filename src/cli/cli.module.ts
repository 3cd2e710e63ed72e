import { type DynamicModule, Module } from '@nestjs/common';
import { CoreModule } from '../core.module.js';
import type { Secrets } from '../config/secrets.js';
import type { Settings } from '../config/settings.js';
import { ValidationModule } from '../validation/validation.module.js';

/** The product without web server and queue: what one job in a terminal needs. */
@Module({})
export class CliModule {
  static of(settings: Settings, secrets: Secrets): DynamicModule {
    // The screen belongs to the progress bar: only what went wrong is logged beside it.
    const quiet: Settings = {
      ...settings,
      logLevel: settings.logLevel === 'info' ? 'warn' : settings.logLevel,
    };
    return { module: CliModule, imports: [CoreModule.of(quiet, secrets, process.stderr), ValidationModule] };
  }
}
