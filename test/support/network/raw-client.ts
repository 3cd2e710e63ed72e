import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that sends arbitrary bytes, slowly if wanted, and records the response. */
export class RawClient {
  /** Bytes received so far, as latin1. */
  received = '';
  /** Settles when either side has closed the connection. */
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

  /** Sends the text repeatedly until the connection ends. */
  drip(text: string, everyMs: number): this {
    this.dripping = setInterval(() => this.socket.write(text, 'latin1'), everyMs);
    return this;
  }

  /** Disconnects at once; with a reset, like a browser whose tab is closed. */
  leave(withReset = false): void {
    this.stop();
    if (withReset) this.socket.resetAndDestroy();
    else this.socket.destroy();
  }

  private stop(): void {
    if (this.dripping !== null) clearInterval(this.dripping);
  }
}

/** The clients of a test, to disconnect all of them at its end. */
export class RawClients {
  private readonly made: RawClient[] = [];

  /** @param url of the server */
  async connect(url: string): Promise<RawClient> {
    const client = await RawClient.connect(url);
    this.made.push(client);
    return client;
  }

  /** Disconnects all clients. */
  leave(): void {
    for (const client of this.made.splice(0)) client.leave();
  }
}

/** The head of a request, including its empty line. @param line method and path */
export function head(line: string, ...headers: readonly string[]): string {
  return `${[`${line} HTTP/1.1`, 'Host: x', ...headers].join('\r\n')}\r\n\r\n`;
}
