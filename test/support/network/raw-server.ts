import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createSecureServer, type TlsOptions, TLSSocket } from 'node:tls';

/** What becomes of one connection. */
export type Speaker = (socket: Socket) => void;

/** A server below HTTP: it says bytes of the test's own to everybody who connects. */
export class RawServer implements AsyncDisposable {
  /** Connections that are open. */
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

  /** @param path to tell requests apart; it says the same on every one */
  url(path = '/'): string {
    return `${this.scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** Says this to a request, whatever it is, and hangs up. */
export function answering(answer: Buffer): Speaker {
  return (socket) => {
    socket.once('data', () => socket.end(answer));
  };
}

/** The same, but breaks the connection in place of hanging up. */
export function resetting(answer: Buffer): Speaker {
  return (socket) => {
    socket.once('data', () => socket.write(answer, () => breakOff(socket)));
  };
}

/** A socket within TLS cannot be reset; it goes without a farewell. */
function breakOff(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}
