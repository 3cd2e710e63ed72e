import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createSecureServer, type TlsOptions, TLSSocket } from 'node:tls';

/** Handles one connection. */
export type Speaker = (socket: Socket) => void;

/** A server below HTTP that sends arbitrary bytes to every client. */
export class RawServer implements AsyncDisposable {
  /** Open connections. */
  readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly scheme: 'http' | 'https',
  ) {
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.sockets.delete(socket));
    });
    server.on('tlsClientError', () => undefined);
  }

  static async start(speak: Speaker, scheme: 'http' | 'https' = 'http'): Promise<RawServer> {
    return RawServer.listen(createServer(speak), scheme);
  }

  /** The same behind a TLS handshake. */
  static async startSecure(options: TlsOptions, speak: Speaker): Promise<RawServer> {
    const server = createSecureServer(options, (socket) => {
      socket.on('error', () => undefined);
      speak(socket);
    });
    return RawServer.listen(server, 'https');
  }

  private static async listen(server: Server, scheme: 'http' | 'https'): Promise<RawServer> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RawServer(server, scheme);
  }

  /** @param path marks the request; the behaviour is the same for all paths */
  url(path = '/'): string {
    return `${this.scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** Answers any request with these bytes and hangs up. */
export function answering(answer: Buffer): Speaker {
  return (socket) => {
    socket.once('data', () => socket.end(answer));
  };
}

/** Answers any request with these bytes and breaks the connection. */
export function resetting(answer: Buffer): Speaker {
  return (socket) => {
    socket.once('data', () => socket.write(answer, () => breakOff(socket)));
  };
}

/** Resets the connection; TLS sockets cannot be reset and are destroyed instead. */
function breakOff(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}
