import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { SETTINGS_TOKEN } from '../../src/config/settings.js';
import { Clock } from '../../src/jobs/clock.port.js';
import { JobWatcher } from '../../src/jobs/job-watcher.js';
import { ChatControls } from '../conversation/chat-controls.js';
import { ChatRequests } from '../conversation/chat-requests.js';
import { ChatRecords } from '../chat-records.js';
import { JobLinks } from '../notices/job-links.port.js';
import { JobPictures } from '../notices/job-pictures.port.js';
import { BurstGate } from '../conversation/burst-gate.js';
import type { DiscordBot } from './gateway/discord-bot.js';
import type { DiscordDependencies, DiscordSettings } from './open-discord.js';

const BOT = Symbol('DiscordBot');
const NOTIFIER = Symbol('DiscordNotifier');

/** Loads discord.js only where Discord is used. */
async function openBot(
  settings: DiscordSettings,
  ...[chatRequests, controls, records, links, pictures, clock, watcher, turns]: [
    ChatRequests,
    ChatControls,
    ChatRecords,
    JobLinks,
    JobPictures,
    Clock,
    JobWatcher,
    BurstGate,
  ]
): Promise<DiscordBot> {
  const { openDiscord } = await import('./open-discord.js');
  const deps: DiscordDependencies = {
    chatRequests,
    controls,
    records,
    links,
    pictures,
    clock,
    watcher,
    turns,
  };
  return openDiscord(settings, deps);
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
            ChatRequests,
            ChatControls,
            ChatRecords,
            JobLinks,
            JobPictures,
            Clock,
            JobWatcher,
            BurstGate,
          ],
          useFactory: openBot,
        },
        { provide: NOTIFIER, inject: [BOT], useFactory: ({ notifier }: DiscordBot) => notifier },
      ],
      exports: [NOTIFIER],
    };
  }
}
