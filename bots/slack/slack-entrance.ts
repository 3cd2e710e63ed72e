import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { App, Receiver } from '@slack/bolt';
import { SETTINGS_TOKEN, type Settings } from '../../src/config/settings.js';
import { Clock } from '../../src/jobs/clock.port.js';
import { JobFollower } from '../notices/job-follower.js';
import { rehearse } from './gateway/rehearsal.js';
import { slackClientOptions } from './api/slack-api.js';
import { signedRequests } from './gateway/signed-requests.js';
import { SlackDoor } from './gateway/slack-door.js';
import { slackLogger } from './api/slack-logger.js';
import { SLACK_PATHS } from './slack-names.js';
import { SlackGateway } from './gateway/slack-gateway.js';

/** How long what was asked last may take when the service stops, in milliseconds. */
const FINISH_WITHIN_MS = 3000;

type SlackSettings = Pick<
  Settings,
  'roles' | 'slackBotToken' | 'slackSigningSecret' | 'slackAppToken' | 'slackApiUrl'
>;

/**
 * Opens the Slack door in processes with the role `bots`: a connection of our own where SLACK_APP_TOKEN is
 * set, else the signed requests under /slack.
 */
@Injectable()
export class SlackEntrance implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SlackEntrance.name);
  private socket: SlackGateway | null = null;
  private app: App | null = null;

  constructor(
    private readonly listeners: SlackDoor,
    private readonly follower: JobFollower,
    private readonly http: HttpAdapterHost,
    private readonly clock: Clock,
    @Inject(SETTINGS_TOKEN) private readonly settings: SlackSettings,
  ) {}

  /** Express takes routes only until the application is ready. */
  async onModuleInit(): Promise<void> {
    const { slackAppToken, slackSigningSecret } = this.settings;
    if (!this.isOpen) return;
    if (slackAppToken !== null) await this.prepareSocket(slackAppToken);
    else if (slackSigningSecret !== null) await this.mount(slackSigningSecret);
    else
      this.logger.error('Slack commands need SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode)');
  }

  onApplicationBootstrap(): void {
    if (!this.isOpen) return;
    if (this.app !== null) void rehearse(this.app);
    this.socket?.start();
    this.follower.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.socket?.stop();
    const late = sleep(FINISH_WITHIN_MS, undefined, { ref: false });
    await Promise.all([this.follower.stop(), Promise.race([this.listeners.idle(), late])]);
  }

  private get isOpen(): boolean {
    return this.settings.roles.includes('bots');
  }

  private async mount(secret: string): Promise<void> {
    const { ExpressReceiver } = await import('@slack/bolt');
    const receiver = new ExpressReceiver({
      // The gate in front checks more than bolt does, and by our own clock.
      signatureVerification: false,
      signingSecret: secret,
      endpoints: { ...SLACK_PATHS },
      logger: slackLogger(),
    });
    await this.answerWith(receiver);
    const { httpAdapter } = this.http;
    for (const path of Object.values(SLACK_PATHS)) httpAdapter.use(path, signedRequests(secret, this.clock));
    httpAdapter.use(receiver.router);
  }

  private async prepareSocket(appToken: string): Promise<void> {
    const { SocketModeReceiver } = await import('@slack/bolt');
    const options = slackClientOptions(this.settings.slackApiUrl);
    const receiver = new SocketModeReceiver({
      appToken,
      logger: slackLogger(),
      autoReconnectEnabled: false,
      installerOptions: { clientOptions: options },
    });
    await this.answerWith(receiver);
    this.socket = new SlackGateway(receiver.client);
  }

  private async answerWith(receiver: Receiver): Promise<void> {
    const { App: BoltApp } = await import('@slack/bolt');
    const { slackBotToken, slackApiUrl } = this.settings;
    const app = new BoltApp({
      receiver,
      logger: slackLogger(),
      clientOptions: slackClientOptions(slackApiUrl),
      // Given, because bolt would ask Slack before each first answer, and fail while Slack is down.
      authorize: async () => ({ botToken: slackBotToken ?? '' }),
      convoStore: false,
      ignoreSelf: false,
    });
    this.listeners.addTo(app);
    this.app = app;
  }
}
