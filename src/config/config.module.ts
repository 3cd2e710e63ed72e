import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Secrets } from './secrets.js';
import { SETTINGS_TOKEN, type Settings } from './settings.js';

/** Gives every room the Settings and the Secrets of this process. */
@Global()
@Module({})
export class ConfigModule {
  static of(settings: Settings, secrets: Secrets): DynamicModule {
    return {
      module: ConfigModule,
      providers: [
        { provide: SETTINGS_TOKEN, useValue: settings },
        { provide: Secrets, useValue: secrets },
      ],
      exports: [SETTINGS_TOKEN, Secrets],
    };
  }
}
