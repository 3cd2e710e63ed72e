import { type DynamicModule, Module } from '@nestjs/common';
import { CoreModule } from '../core.module.js';
import type { Secrets } from '../config/secrets.js';
import type { Settings } from '../config/settings.js';
import { PresentingModule } from '../presenting/presenting.module.js';
import { ValidationModule } from '../validation/validation.module.js';
import type { Screen } from './screen.js';
import { ScreenLog } from './screen-log.js';

/** Levels that are for who looks for a fault: the lines are then shown as they are. */
const WHOLE_LINES = new Set(['debug', 'trace']);

/** The product without web server and queue: what one job in a terminal needs. */
@Module({})
export class CliModule {
  /** @param isQuiet only errors are logged */
  static of(settings: Settings, secrets: Secrets, screen: Screen, isQuiet: boolean): DynamicModule {
    const logLevel = logLevelOf(settings, isQuiet);
    const log = new ScreenLog(screen, WHOLE_LINES.has(logLevel));
    // Whatever the service beside it does, this process has neither pages nor chats.
    const own: Settings = { ...settings, logLevel, roles: ['worker'] };
    return {
      module: CliModule,
      imports: [CoreModule.of(own, secrets, log), ValidationModule, PresentingModule],
    };
  }
}

/** The screen belongs to the progress: only what went wrong is said beside it, and in short. */
function logLevelOf({ logLevel }: Settings, isQuiet: boolean): Settings['logLevel'] {
  if (!isQuiet) return logLevel === 'info' ? 'warn' : logLevel;
  return logLevel === 'fatal' || logLevel === 'silent' ? logLevel : 'error';
}
