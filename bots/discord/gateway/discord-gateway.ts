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
import { KeptConnection } from '../../kept-connection.js';
import { backoffMs } from '../../../src/jobs/timing/backoff.js';
import { pauseOrStop } from '../../../src/jobs/timing/pause.js';

const FIRST_BACKOFF_MS = 1000;
/** Maximum wait if Discord cannot be reached. */
const MAX_BACKOFF_MS = 30_000;
/** Maximum wait after Discord refused the connection: it allows a thousand tries a day. */
const MAX_REFUSED_BACKOFF_MS = 300_000;
const MOST_USERS_KEPT = 200;
/** Deadline for a connection in progress to be made, and for a connection to end, at a stop. */
const SETTLED_WITHIN_MS = 2000;

/** Callbacks of the gateway. They must not throw. */
export interface GatewayListener {
  readonly onInteraction: (interaction: Interaction) => void;
  /** Called at the start of each session. */
  readonly onReady: (applicationId: string) => void;
}

/**
 * Keeps a gateway connection open: discord.js reconnects and resumes by itself; if it gives up, because it
 * could not begin or Discord refused it, a new client tries again after growing waits.
 */
export class DiscordGateway extends KeptConnection {
  private readonly logger = new Logger(DiscordGateway.name);

  constructor(
    private readonly token: string,
    private readonly rest: ClientOptions['rest'],
    private readonly listener: GatewayListener,
  ) {
    super();
  }

  protected override async keepConnected(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      const { hasConnected, isRefused } = await this.connectOnce();
      failures = hasConnected ? 1 : failures + 1;
      const mostMs = isRefused ? MAX_REFUSED_BACKOFF_MS : MAX_BACKOFF_MS;
      const waitMs = backoffMs(failures, { firstMs: FIRST_BACKOFF_MS, capMs: mostMs });
      await pauseOrStop(waitMs, signal);
    }
  }

  /**
   * Connects and waits until discord.js gives up.
   * @returns whether the connection was made, and how it ended
   */
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
    // An error without a listener would end the process.
    client.on(Events.Error, (error) => this.logger.warn({ err: error }, 'discord.js has failed'));
    client.on(Events.ShardError, (error) =>
      this.logger.warn({ err: error }, 'the connection to Discord failed'),
    );
    return client;
  }

  private async close(client: Client, login: Promise<unknown>): Promise<void> {
    // The client can neither end nor await a connection that is being made.
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
