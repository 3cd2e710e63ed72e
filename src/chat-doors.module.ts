import { Module, type ModuleMetadata } from '@nestjs/common';
import { ChatModule } from '../bots/chat.module.js';
import { JobLinks } from '../bots/notices/job-links.port.js';
import { JobPictures } from '../bots/notices/job-pictures.port.js';
import { DiscordModule } from '../bots/discord/discord.module.js';
import { SlackModule } from '../bots/slack/slack.module.js';
import type { Settings } from './config/settings.js';
import { Links } from './expiry/links.js';
import type { OtherNotifiers } from './notifications/notifications.module.js';
import { ThumbnailStrip } from './zipping/thumbnail-strip.js';
import { ZippingModule } from './zipping/zipping.module.js';

/** Gives the chat doors what they need of rooms that they must not know. */
@Module({
  imports: [ZippingModule],
  providers: [
    { provide: JobLinks, useExisting: Links },
    { provide: JobPictures, useExisting: ThumbnailStrip },
  ],
  exports: [JobLinks, JobPictures],
})
class ChatPortsModule {}

/** The chat platforms whose tokens are set: their doors, and their notices for the outbox. */
export function chatDoors({
  slackBotToken,
  discordToken,
}: Pick<Settings, 'slackBotToken' | 'discordToken'>): OtherNotifiers {
  const shared = [ChatModule.with([ChatPortsModule]), ChatPortsModule];
  const slack: OtherNotifiers = { imports: [SlackModule.with(shared)], tokens: [SlackModule.notifier] };
  const discord: OtherNotifiers = { imports: [DiscordModule.with(shared)], tokens: [DiscordModule.notifier] };
  return merge([...(slackBotToken === null ? [] : [slack]), ...(discordToken === null ? [] : [discord])]);
}

function merge(doors: readonly OtherNotifiers[]): OtherNotifiers {
  const imports: NonNullable<ModuleMetadata['imports']> = doors.flatMap((door) => door.imports);
  return { imports, tokens: doors.flatMap((door) => door.tokens) };
}
