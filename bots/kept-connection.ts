import type { ChatConnection } from './chat-bot.js';

/** A connection that the bot opens itself and opens again when it ends, until the service stops. */
export abstract class KeptConnection implements ChatConnection {
  /** Aborts when the connection is to end for good. */
  protected readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  /** Begins to connect; returns at once. */
  start(): void {
    this.running = this.keepConnected(this.stopping.signal);
  }

  /** Disconnects. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Connects, and again after growing waits, until `signal` aborts. Never rejects. */
  protected abstract keepConnected(signal: AbortSignal): Promise<void>;
}
