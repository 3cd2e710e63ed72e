import { Logger } from '@nestjs/common';
import type { App, SocketModeReceiver } from '@slack/bolt';
import { KeptConnection } from '../../kept-connection.js';
import { rehearse } from './rehearsal.js';
import { type Backoff, backoffMs } from '../../../src/jobs/timing/backoff.js';
import { pauseOrStop } from '../../../src/jobs/timing/pause.js';

const CONNECT_WITHIN_MS = 20_000;
const BACKOFF: Backoff = { firstMs: 1000, capMs: 30_000 };

/**
 * Keeps a Socket Mode connection open. The client's own reconnecting ends the process if Slack cannot be
 * reached, so it is switched off.
 */
export class SlackGateway extends KeptConnection {
  private readonly logger = new Logger(SlackGateway.name);

  /** @param client made with `autoReconnectEnabled: false` */
  constructor(
    private readonly client: SocketModeReceiver['client'],
    private readonly app: Pick<App, 'processEvent'>,
  ) {
    super();
  }

  override start(): void {
    void rehearse(this.app);
    super.start();
  }

  protected override async keepConnected(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      const hasConnected = await this.connectOnce();
      failures = hasConnected ? 0 : failures + 1;
      const waitMs = backoffMs(failures + 1, BACKOFF);
      await pauseOrStop(hasConnected ? 0 : waitMs, signal);
    }
  }

  /** Connects and waits for the end of the connection. @returns whether the connection was made */
  private async connectOnce(): Promise<boolean> {
    const { signal } = this.stopping;
    const ended = Promise.withResolvers<void>();
    const end = (): void => ended.resolve();
    this.client.once('disconnected', end);
    signal.addEventListener('abort', end, { once: true });
    try {
      await within(this.client.start(), CONNECT_WITHIN_MS, signal);
      this.logger.log('connected to Slack');
      await ended.promise;
      return true;
    } catch (error) {
      if (!signal.aborted) this.logger.warn({ err: error }, 'no connection to Slack; trying again');
      return false;
    } finally {
      this.client.off('disconnected', end);
      signal.removeEventListener('abort', end);
      await this.close();
    }
  }

  private async close(): Promise<void> {
    try {
      await within(this.client.disconnect(), 2000, null);
    } catch (error) {
      this.logger.debug({ err: error }, 'the connection to Slack was not open any more');
    }
  }
}

async function within(work: Promise<unknown>, ms: number, signal: AbortSignal | null): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`not within ${ms} ms`)), ms);
  const abort = (): void => late.reject(new Error('stopped'));
  signal?.addEventListener('abort', abort, { once: true });
  try {
    if (signal?.aborted === true) abort();
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    // The abandoned work may still fail; an unhandled rejection would end the process.
    work.catch(() => {});
  }
}
