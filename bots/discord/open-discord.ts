import { REST } from 'discord.js';
import type { Settings } from '../../src/config/settings.js';
import type { JobWatcher } from '../../src/jobs/job-watcher.js';
import type { ChatControls } from '../conversation/chat-controls.js';
import type { ChatRequests } from '../conversation/chat-requests.js';
import type { NoticeRooms } from '../notices/chat-notifier.js';
import { JobFollower } from '../notices/job-follower.js';
import type { BurstGate } from '../conversation/burst-gate.js';
import { AskerZone } from './form/asker-zone.js';
import { CommandRegistration } from './api/command-registration.js';
import { DiscordActions } from './discord-actions.js';
import { DiscordAnswers } from './discord-answers.js';
import { DiscordApi } from './api/discord-api.js';
import { DiscordBot, type OpenDoor } from './gateway/discord-bot.js';
import { DiscordChatPlatform } from './discord.chat-platform.js';
import { imagesCommand } from './api/discord-commands.js';
import { DiscordDoor } from './gateway/discord-door.js';
import { filterOptions } from './form/discord-filters.js';
import { DiscordForms } from './form/discord-forms.js';
import { DiscordGateway } from './gateway/discord-gateway.js';
import { DiscordNotifier } from './discord.notifier.js';
import { DiscordRequests } from './discord-requests.js';
import { DiscordSuggestions } from './form/discord-suggestions.js';
import { DiscordTransport } from './api/discord-transport.js';
import { RecentRequests } from './form/recent-requests.js';
import { SeenInteractions } from './gateway/seen-interactions.js';

/** An acknowledgement must be there within three seconds, a second try included. */
const ACKNOWLEDGE_WITHIN_MS = 1400;

/** The settings Discord needs. */
export type DiscordSettings = Pick<
  Settings,
  'roles' | 'engines' | 'discordToken' | 'discordAppId' | 'discordApiUrl' | 'discordGuildId'
>;

/** What Discord needs of the rest of the product. */
export interface DiscordDependencies extends NoticeRooms {
  readonly chatRequests: ChatRequests;
  readonly controls: ChatControls;
  readonly watcher: JobWatcher;
  readonly turns: BurstGate;
}

/** Puts Discord together; nothing is sent before the bot is started. */
export function openDiscord(settings: DiscordSettings, deps: DiscordDependencies): DiscordBot {
  const api = openApi(settings);
  const platform = new DiscordChatPlatform(api);
  const notifier = new DiscordNotifier(platform, deps);
  return new DiscordBot(
    notifier,
    settings.roles.includes('bots') ? openDoor(settings, deps, api, platform) : null,
  );
}

function openApi(settings: DiscordSettings, globalRequestsPerSecond = 50): DiscordApi {
  const transport = new DiscordTransport();
  // The outbox and the edit queue know better when to come back than a client that sleeps with the call.
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
  settings: DiscordSettings,
  deps: DiscordDependencies,
  api: DiscordApi,
  platform: DiscordChatPlatform,
): OpenDoor {
  const stopping = new AbortController();
  const { chatRequests, records, watcher, clock } = deps;
  const filters = filterOptions(settings.engines);
  const commands = [imagesCommand({ maxImages: chatRequests.maxImages, filters })];
  const registration = new CommandRegistration(api, commands, stopping.signal);
  // Discord does not count answers to interactions among a bot's 50 calls a second.
  const answers = new DiscordAnswers(openApi(settings, Infinity), platform, clock, stopping.signal);
  const door = new DiscordDoor(
    { ...waysOf(deps, filters, platform), answers },
    new SeenInteractions(clock),
    deps.turns,
  );
  const gateway = new DiscordGateway(settings.discordToken ?? '', gatewayRest(settings), {
    onInteraction: (interaction) => door.handle(interaction),
    onReady: (applicationId) => {
      const { discordAppId, discordGuildId: guildId } = settings;
      void registration.register({ applicationId: discordAppId ?? applicationId, guildId });
    },
  });
  return { gateway, door, follower: new JobFollower(platform, records, watcher), stopping };
}

function waysOf(
  { chatRequests, controls, records, clock }: DiscordDependencies,
  filters: ReturnType<typeof filterOptions>,
  platform: DiscordChatPlatform,
): Pick<ConstructorParameters<typeof DiscordDoor>[0], 'suggestions' | 'forms' | 'actions'> {
  const zone = new AskerZone(records, clock);
  const recent = new RecentRequests();
  const requests = new DiscordRequests(chatRequests, zone, recent);
  return {
    suggestions: new DiscordSuggestions(chatRequests, zone, clock),
    forms: new DiscordForms(zone, recent),
    actions: new DiscordActions(chatRequests, controls, requests, filters, platform),
  };
}

/** For the connection and the acknowledgements. */
function gatewayRest(settings: DiscordSettings): ConstructorParameters<typeof DiscordGateway>[1] {
  const { send } = new DiscordTransport();
  return { api: apiOf(settings), retries: 1, timeout: ACKNOWLEDGE_WITHIN_MS, makeRequest: send };
}

/** The client adds the version itself. */
function apiOf({ discordApiUrl }: DiscordSettings): string {
  return discordApiUrl.replace(/\/v\d+$/, '');
}
