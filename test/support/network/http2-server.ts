import { once } from 'node:events';
import { createSecureServer, type Http2SecureServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { TEST_CERTIFICATE } from './test-certificate.js';

/** Answers a stream, correctly or not. */
export type StreamBehaviour = (stream: ServerHttp2Stream) => void;

/** A web server that only speaks HTTP/2. */
export class Http2Server implements AsyncDisposable {
  /** Requested paths, in order. */
  readonly asked: string[] = [];
  /** Connections that started TLS. */
  connections = 0;
  /** Connections that agreed on HTTP/2. */
  sessions = 0;
  private readonly sockets = new Set<Socket>();
  private readonly behaviours = new Map<string, StreamBehaviour>();

  private constructor(private readonly server: Http2SecureServer) {
    server.on('connection', (socket: Socket) => {
      this.connections += 1;
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    server.on('session', () => (this.sessions += 1));
    // This server is meant for connections that end early: ignore their errors.
    server.on('sessionError', () => undefined);
    server.on('tlsClientError', () => undefined);
    server.on('stream', (stream, headers) => this.answer(stream, headers[':path'] ?? '/'));
  }

  static async start(): Promise<Http2Server> {
    const server = createSecureServer(TEST_CERTIFICATE);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Http2Server(server);
  }

  /** Sets the behaviour of a path. @returns its URL */
  on(path: string, behaviour: StreamBehaviour): string {
    this.behaviours.set(path, behaviour);
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private answer(stream: ServerHttp2Stream, path: string): void {
    this.asked.push(path);
    stream.on('error', () => undefined);
    const behaviour = this.behaviours.get(path);
    if (behaviour === undefined) stream.respond({ ':status': 404 }, { endStream: true });
    else behaviour(stream);
  }
}

/** Sends the whole body at once, with its length. */
export function wholeStream(body: Buffer): StreamBehaviour {
  return (stream) => {
    stream.respond({ ':status': 200, 'content-length': body.length });
    stream.end(body);
  };
}

/** Begins a body of unstated length and continues with `goOn`. */
export function begunStream(body: Buffer, goOn: StreamBehaviour): StreamBehaviour {
  return (stream) => {
    stream.respond({ ':status': 200 });
    stream.write(body, () => goOn(stream));
  };
}
