import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { SETTINGS_TOKEN } from '../../src/config/settings.js';
import { Clock } from '../../src/jobs/clock.port.js';
import { JobWatcher } from '../../src/jobs/job-watcher.js';
import { ChatControls } from '../chat-controls.js';
import { ChatDesk } from '../chat-desk.js';
import { ChatRecords } from '../chat-records.js';
import { JobLinks } from '../job-links.port.js';
import { JobPictures } from '../job-pictures.port.js';
import { Turns } from '../turns.js';
import type { DiscordBot } from './discord-bot.js';
import type { DiscordRooms, DiscordSettings } from './open-discord.js';

const BOT = Symbol('DiscordBot');
const NOTIFIER = Symbol('DiscordNotifier');

/** Loads discord.js only where Discord is used. */
async function openBot(
  settings: DiscordSettings,
  ...[desk, controls, records, links, pictures, clock, watcher, turns]: [
    ChatDesk,
    ChatControls,
    ChatRecords,
    JobLinks,
    JobPictures,
    Clock,
    JobWatcher,
    Turns,
  ]
): Promise<DiscordBot> {
  const { openDiscord } = await import('./open-discord.js');
  const rooms: DiscordRooms = { desk, controls, records, links, pictures, clock, watcher, turns };
  return openDiscord(settings, rooms);
}

/** The Discord door and its notices. To be imported only where DISCORD_TOKEN is set. */
@Module({})
export class DiscordModule {
  /** What the outbox finds the notifier by. */
  static readonly notifier = NOTIFIER;

  /** @param imports the ChatModule and modules that export JobLinks and JobPictures */
  static with(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: DiscordModule,
      imports,
      providers: [
        {
          provide: BOT,
          inject: [
            SETTINGS_TOKEN,
            ChatDesk,
            ChatControls,
            ChatRecords,
            JobLinks,
            JobPictures,
            Clock,
            JobWatcher,
            Turns,
          ],
          useFactory: openBot,
        },
        { provide: NOTIFIER, inject: [BOT], useFactory: ({ notifier }: DiscordBot) => notifier },
      ],
      exports: [NOTIFIER],
    };
  }
}
