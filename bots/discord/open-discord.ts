import { REST } from 'discord.js';
import type { Settings } from '../../src/config/settings.js';
import { ChatBot, type ChatDoor } from '../chat-bot.js';
import type { ChatDependencies } from '../chat-dependencies.js';
import { AskerZone } from './form/asker-zone.js';
import { CommandRegistration } from './api/command-registration.js';
import { DiscordActions } from './discord-actions.js';
import { DiscordAnswers } from './discord-answers.js';
import { DiscordApi } from './api/discord-api.js';
import { DiscordChatPlatform } from './discord.chat-platform.js';
import { imagesCommand } from './api/discord-commands.js';
import { DiscordDoor, type DoorWays } from './gateway/discord-door.js';
import { filterOptions } from './form/discord-filters.js';
import { DiscordForms } from './form/discord-forms.js';
import { DiscordGateway } from './gateway/discord-gateway.js';
import { DiscordRequests } from './discord-requests.js';
import { DiscordSuggestions } from './form/discord-suggestions.js';
import { DiscordTransport } from './api/discord-transport.js';
import { RecentRequests } from './form/recent-requests.js';
import { SeenInteractions } from './gateway/seen-interactions.js';

/** Discord expects an acknowledgement within three seconds, including a second try. */
const ACKNOWLEDGE_WITHIN_MS = 1400;

type DiscordSettings = Pick<Settings, 'discordToken' | 'discordApiUrl'>;

/** Puts Discord together; nothing is sent before the bot is started. */
export function openDiscord(deps: ChatDependencies): ChatBot {
  const api = openApi(deps.settings);
  const platform = new DiscordChatPlatform(api);
  return new ChatBot(platform, deps, (stopping) => openDoor(deps, api, platform, stopping));
}

function openApi(settings: DiscordSettings, globalRequestsPerSecond = 50): DiscordApi {
  const transport = new DiscordTransport();
  // The outbox and the edit queue schedule the next try; the client must not sleep during a call.
  const rest = new REST({
    api: apiOf(settings),
    retries: 0,
    globalRequestsPerSecond,
    makeRequest: transport.send,
    rejectOnRateLimit: () => true,
  });
  return new DiscordApi(rest, transport, settings.discordToken ?? '');
}

function openDoor(
  deps: ChatDependencies,
  api: DiscordApi,
  platform: DiscordChatPlatform,
  stopping: AbortSignal,
): ChatDoor {
  const { chatRequests, clock, settings, turns } = deps;
  const filters = filterOptions(settings.engines);
  const commands = [imagesCommand({ maxImages: chatRequests.maxImages, filters })];
  const registration = new CommandRegistration(api, commands, stopping);
  // Discord does not count answers to interactions among a bot's 50 calls a second.
  const answers = new DiscordAnswers(openApi(settings, Infinity), platform, clock, stopping);
  const ways = { ...waysOf(deps, filters, platform), answers };
  const door = new DiscordDoor(ways, new SeenInteractions(clock), turns);
  const connection = new DiscordGateway(settings.discordToken ?? '', gatewayRest(settings), {
    onInteraction: (interaction) => door.handle(interaction),
    onReady: (applicationId) => {
      const { discordAppId, discordGuildId: guildId } = settings;
      void registration.register({ applicationId: discordAppId ?? applicationId, guildId });
    },
  });
  return { connection, idle: () => door.idle() };
}

function waysOf(
  { chatRequests, controls, records, clock }: ChatDependencies,
  filters: ReturnType<typeof filterOptions>,
  platform: DiscordChatPlatform,
): Pick<DoorWays, 'suggestions' | 'forms' | 'actions'> {
  const zone = new AskerZone(records, clock);
  const recent = new RecentRequests();
  const requests = new DiscordRequests(chatRequests, zone, recent);
  return {
    suggestions: new DiscordSuggestions(chatRequests, zone, clock),
    forms: new DiscordForms(zone, recent),
    actions: new DiscordActions(chatRequests, controls, requests, filters, platform),
  };
}

/** REST options for the connection and the acknowledgements. */
function gatewayRest(settings: DiscordSettings): ConstructorParameters<typeof DiscordGateway>[1] {
  const { send } = new DiscordTransport();
  return { api: apiOf(settings), retries: 1, timeout: ACKNOWLEDGE_WITHIN_MS, makeRequest: send };
}

/** The API address without its version, which the client adds. */
function apiOf({ discordApiUrl }: DiscordSettings): string {
  return discordApiUrl.replace(/\/v\d+$/, '');
}
