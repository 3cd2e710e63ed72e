import { Logger } from '@nestjs/common';
import { App, ExpressReceiver, type Receiver, SocketModeReceiver, webApi } from '@slack/bolt';
import type { Settings } from '../../src/config/settings.js';
import { ChatBot, type ChatConnection, type ChatDoor } from '../chat-bot.js';
import type { ChatDependencies } from '../chat-dependencies.js';
import { slackClientOptions, SlackApi } from './api/slack-api.js';
import { slackLogger } from './api/slack-logger.js';
import { SlackPeople } from './api/slack-people.js';
import { SlackPictures } from './api/slack-pictures.js';
import { SlackForms } from './form/slack-forms.js';
import { SlackDoor } from './gateway/slack-door.js';
import { SlackGateway } from './gateway/slack-gateway.js';
import { SlackHttp } from './gateway/slack-http.js';
import { SlackActions } from './slack-actions.js';
import { SlackAnswers } from './slack-answers.js';
import { SlackChatPlatform } from './slack.chat-platform.js';
import { SLACK_PATHS } from './slack-names.js';

/** Puts Slack together; nothing is sent before the bot is started. */
export function openSlack(deps: ChatDependencies): ChatBot {
  const { slackBotToken, slackApiUrl } = deps.settings;
  const options = { ...slackClientOptions(slackApiUrl), logger: slackLogger() };
  const api = new SlackApi(new webApi.WebClient(slackBotToken ?? '', options));
  const platform = new SlackChatPlatform(api, new SlackPictures(api));
  return new ChatBot(platform, deps, (stopping) => openDoor(deps, api, stopping));
}

function openDoor(deps: ChatDependencies, api: SlackApi, stopping: AbortSignal): ChatDoor {
  const { chatRequests, controls, clock, burstGate } = deps;
  const answers = new SlackAnswers(api, clock, stopping);
  const people = new SlackPeople(api, clock, stopping);
  const actions = new SlackActions(chatRequests, controls, people, answers, burstGate);
  const door = new SlackDoor(actions, chatRequests, new SlackForms(api, people, answers, chatRequests));
  return { connection: connectionOf(deps, door), idle: () => door.idle() };
}

/** A connection of our own if SLACK_APP_TOKEN is set, else the signed requests under /slack. */
function connectionOf({ settings, clock, http }: ChatDependencies, door: SlackDoor): ChatConnection | null {
  const { slackAppToken, slackSigningSecret } = settings;
  if (slackAppToken !== null) {
    const receiver = socketReceiver(slackAppToken, settings);
    return new SlackGateway(receiver.client, appFor(receiver, settings, door));
  }
  if (slackSigningSecret !== null) {
    const receiver = httpReceiver(slackSigningSecret);
    const mounted = { receiver, app: appFor(receiver, settings, door) };
    return new SlackHttp(mounted, slackSigningSecret, clock, http);
  }
  const why = 'Slack commands need SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode)';
  new Logger('Slack').error(why);
  return null;
}

function socketReceiver(appToken: string, { slackApiUrl }: Settings): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken,
    logger: slackLogger(),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: slackClientOptions(slackApiUrl) },
  });
}

function httpReceiver(signingSecret: string): ExpressReceiver {
  return new ExpressReceiver({
    // The check in front is stricter than bolt's, and uses our own clock.
    signatureVerification: false,
    signingSecret,
    endpoints: { ...SLACK_PATHS },
    logger: slackLogger(),
  });
}

function appFor(receiver: Receiver, { slackBotToken, slackApiUrl }: Settings, door: SlackDoor): App {
  const app = new App({
    receiver,
    logger: slackLogger(),
    clientOptions: slackClientOptions(slackApiUrl),
    // Given, because bolt would ask Slack before each first answer, and fail while Slack is down.
    authorize: async () => ({ botToken: slackBotToken ?? '' }),
    convoStore: false,
    ignoreSelf: false,
  });
  door.addTo(app);
  return app;
}
