import type { Settings } from '../src/config/settings.js';
import type { ChatChannel } from '../src/jobs/channels.js';
import type { ChatBot } from './chat-bot.js';
import type { ChatDependencies } from './chat-dependencies.js';

/** How a chat platform is put together. */
export interface ChatPlatformRow {
  /** Whether the settings ask for the platform. */
  readonly isSetUp: (settings: Settings) => boolean;
  /** Loads the platform's packages, so call it only if the platform is set up. Sends nothing yet. */
  readonly open: (deps: ChatDependencies) => Promise<ChatBot>;
}

/** Every chat platform. */
export const CHAT_PLATFORMS: Readonly<Record<ChatChannel, ChatPlatformRow>> = {
  slack: {
    isSetUp: ({ slackBotToken }) => slackBotToken !== null,
    open: async (deps) => (await import('./slack/open-slack.js')).openSlack(deps),
  },
  discord: {
    isSetUp: ({ discordToken }) => discordToken !== null,
    open: async (deps) => (await import('./discord/open-discord.js')).openDiscord(deps),
  },
};
