import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import {
  Client,
  type ClientOptions,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  type Interaction,
  Options,
} from 'discord.js';
import type { ChatConnection } from '../../chat-bot.js';
import { backoffMs } from '../../../src/jobs/timing/backoff.js';
import { pauseOrStop } from '../../../src/jobs/timing/pause.js';

const FIRST_BACKOFF_MS = 1000;
/** Where Discord cannot be reached. */
const MAX_BACKOFF_MS = 30_000;
/** Where Discord has sent us away: it takes a thousand tries a day. */
const MAX_REFUSED_BACKOFF_MS = 300_000;
const MOST_USERS_KEPT = 200;
/** How long a connection may take to be made, or to end, once it is not wanted any more. */
const SETTLED_WITHIN_MS = 2000;

/** What the gateway tells. Neither may throw. */
export interface GatewayListener {
  readonly onInteraction: (interaction: Interaction) => void;
  /** Each time a new session begins. */
  readonly onReady: (applicationId: string) => void;
}

/**
 * Keeps a gateway connection open: discord.js reconnects and resumes by itself; where it gives up, because it
 * could not begin or Discord has sent it away, a new client tries again, ever more rarely.
 */
export class DiscordGateway implements ChatConnection {
  private readonly logger = new Logger(DiscordGateway.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly token: string,
    private readonly rest: ClientOptions['rest'],
    private readonly listener: GatewayListener,
  ) {}

  /** Begins to connect; returns at once. */
  start(): void {
    this.running = this.keepConnected();
  }

  /** Disconnects. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async keepConnected(): Promise<void> {
    const { signal } = this.stopping;
    for (let failures = 0; !signal.aborted;) {
      const { hasConnected, isRefused } = await this.connectOnce();
      failures = hasConnected ? 1 : failures + 1;
      const mostMs = isRefused ? MAX_REFUSED_BACKOFF_MS : MAX_BACKOFF_MS;
      const waitMs = backoffMs(failures, { firstMs: FIRST_BACKOFF_MS, capMs: mostMs });
      await pauseOrStop(waitMs, signal);
    }
  }

  /** Connects and stays until discord.js gives up. @returns whether there was a connection, and what ended it */
  private async connectOnce(): Promise<{ readonly hasConnected: boolean; readonly isRefused: boolean }> {
    const client = this.newClient();
    const ended = Promise.withResolvers<void>();
    let isRefused = false;
    const end = (): void => ended.resolve();
    this.stopping.signal.addEventListener('abort', end, { once: true });
    client.once(Events.ShardDisconnect, ({ code }) => {
      this.logger.error(`Discord has closed the connection for good (${code}); trying again later`);
      isRefused = true;
      end();
    });
    client.once(Events.Invalidated, end);
    const login = client.login(this.token).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'no connection to Discord; trying again');
      isRefused ||= error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
      end();
    });
    await ended.promise;
    this.stopping.signal.removeEventListener('abort', end);
    const hasConnected = client.isReady();
    await this.close(client, login);
    return { hasConnected, isRefused };
  }

  private newClient(): Client {
    const client: Client = new Client({
      intents: [],
      rest: this.rest ?? {},
      allowedMentions: { parse: [] },
      makeCache: Options.cacheWithLimits({
        ...Options.DefaultMakeCacheSettings,
        UserManager: { maxSize: MOST_USERS_KEPT, keepOverLimit: ({ id }) => id === client.user?.id },
        GuildMemberManager: 0,
        MessageManager: 0,
      }),
    });
    client.on(Events.ClientReady, ({ application }) => this.listener.onReady(application.id));
    client.on(Events.InteractionCreate, (interaction) => this.listener.onInteraction(interaction));
    client.on(Events.ShardResume, () => this.logger.log('the connection to Discord was resumed'));
    // Without listeners an error would end the process.
    client.on(Events.Error, (error) => this.logger.warn({ err: error }, 'discord.js has failed'));
    client.on(Events.ShardError, (error) =>
      this.logger.warn({ err: error }, 'the connection to Discord failed'),
    );
    return client;
  }

  private async close(client: Client, login: Promise<unknown>): Promise<void> {
    // A connection that is being made can neither be ended nor waited for by the client itself.
    await Promise.race([login, soon(SETTLED_WITHIN_MS)]);
    try {
      await Promise.race([client.destroy(), soon(SETTLED_WITHIN_MS)]);
    } catch (error) {
      this.logger.debug({ err: error }, 'the connection to Discord was not open any more');
    }
  }
}

function soon(ms: number): Promise<void> {
  return sleep(ms, undefined, { ref: false });
}
