import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that sends what it likes, byte by byte where it likes, and notes what comes back. */
export class RawClient {
  /** What was received so far, as latin1. */
  received = '';
  /** Settles when the connection is closed, by whichever side. */
  readonly closed: Promise<void>;
  private dripping: NodeJS.Timeout | null = null;

  private constructor(readonly socket: Socket) {
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => {});
    socket.on('data', (piece) => (this.received += piece.toString('latin1')));
    socket.once('close', () => this.stop());
  }

  /** @param url of the server */
  static async connect(url: string): Promise<RawClient> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  get isOpen(): boolean {
    return !this.socket.closed;
  }

  send(text: string): this {
    this.socket.write(text, 'latin1');
    return this;
  }

  /** Sends the text again and again until the connection ends. */
  drip(text: string, everyMs: number): this {
    this.dripping = setInterval(() => this.socket.write(text, 'latin1'), everyMs);
    return this;
  }

  /** Leaves at once; with a reset, as browsers do with a tab that is closed. */
  leave(withReset = false): void {
    this.stop();
    if (withReset) this.socket.resetAndDestroy();
    else this.socket.destroy();
  }

  private stop(): void {
    if (this.dripping !== null) clearInterval(this.dripping);
  }
}

/** The clients of a test, so that none outlives it. */
export class RawClients {
  private readonly made: RawClient[] = [];

  /** @param url of the server */
  async connect(url: string): Promise<RawClient> {
    const client = await RawClient.connect(url);
    this.made.push(client);
    return client;
  }

  /** Makes all of them leave. */
  leave(): void {
    for (const client of this.made.splice(0)) client.leave();
  }
}

/** The head of a request, up to its empty line. @param line method and path */
export function head(line: string, ...headers: readonly string[]): string {
  return `${[`${line} HTTP/1.1`, 'Host: x', ...headers].join('\r\n')}\r\n\r\n`;
}
