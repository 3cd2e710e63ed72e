import { type DynamicModule, Module } from '@nestjs/common';
import { CoreModule } from '../core.module.js';
import type { Secrets } from '../config/secrets.js';
import type { Settings } from '../config/settings.js';
import { PresentingModule } from '../presenting/presenting.module.js';
import { ValidationModule } from '../validation/validation.module.js';
import type { Screen } from './screen.js';
import { ScreenLog } from './screen-log.js';

/** Log levels for finding faults: their lines are shown whole. */
const WHOLE_LINES = new Set(['debug', 'trace']);

/** The modules for one job in a terminal: the product without web server and queue. */
@Module({})
export class CliModule {
  /** @param isQuiet whether only errors are logged */
  static of(settings: Settings, secrets: Secrets, screen: Screen, isQuiet: boolean): DynamicModule {
    const logLevel = logLevelOf(settings, isQuiet);
    const log = new ScreenLog(screen, WHOLE_LINES.has(logLevel));
    // This process serves neither pages nor chats, whatever the settings say.
    const own: Settings = { ...settings, logLevel, roles: ['worker'] };
    return {
      module: CliModule,
      imports: [CoreModule.of(own, secrets, log), ValidationModule, PresentingModule],
    };
  }
}

/** The screen is for progress: beside it, only warnings and errors are logged, in short lines. */
function logLevelOf({ logLevel }: Settings, isQuiet: boolean): Settings['logLevel'] {
  if (!isQuiet) return logLevel === 'info' ? 'warn' : logLevel;
  return logLevel === 'fatal' || logLevel === 'silent' ? logLevel : 'error';
}
