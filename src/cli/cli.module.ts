import { type DynamicModule, Module } from '@nestjs/common';
import { CoreModule } from '../core.module.js';
import type { Secrets } from '../config/secrets.js';
import type { Settings } from '../config/settings.js';
import { PlainLog } from './plain-log.js';
import { ValidationModule } from '../validation/validation.module.js';

/** The product without web server and queue: what one job in a terminal needs. */
@Module({})
export class CliModule {
  static of(settings: Settings, secrets: Secrets): DynamicModule {
    // The screen belongs to the progress bar: only what went wrong is said beside it, and in short.
    const logLevel = settings.logLevel === 'info' ? 'warn' : settings.logLevel;
    const isForAPerson = logLevel !== 'debug' && logLevel !== 'trace';
    const log = isForAPerson ? new PlainLog(process.stderr) : process.stderr;
    // Whatever the service beside it does, this process has neither pages nor chats.
    const own: Settings = { ...settings, logLevel, roles: ['worker'] };
    return {
      module: CliModule,
      imports: [CoreModule.of(own, secrets, log), ValidationModule],
    };
  }
}
