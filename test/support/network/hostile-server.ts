import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { TEST_CERTIFICATE } from './test-certificate.js';

/** Answers a request, correctly or not. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

/** A small web server whose paths can each misbehave differently. */
export class HostileServer implements AsyncDisposable {
  /** Requested paths, in order. */
  readonly asked: string[] = [];
  readonly requests: IncomingMessage[] = [];
  readonly sockets = new Set<Socket>();
  /** Number of connections so far. */
  connections = 0;
  /** Maximum number of simultaneously open requests. */
  mostAtOnce = 0;
  private open = 0;
  private readonly behaviours = new Map<string, Behaviour>();

  private constructor(
    private readonly server: Server,
    private readonly scheme: 'http' | 'https',
  ) {
    server.on('connection', (socket) => {
      this.connections += 1;
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => undefined);
    });
    server.on('request', (request, response) => this.answer(request, response));
  }

  /** @param address to listen on; the port is a free one */
  static async start(address = '127.0.0.1'): Promise<HostileServer> {
    return HostileServer.listen(createServer(), address, 'http');
  }

  /** The same over TLS, with the test certificate. */
  static async startSecure(): Promise<HostileServer> {
    return HostileServer.listen(createSecureServer(TEST_CERTIFICATE), '127.0.0.1', 'https');
  }

  private static async listen(
    server: Server,
    address: string,
    scheme: 'http' | 'https',
  ): Promise<HostileServer> {
    server.listen(0, address);
    await once(server, 'listening');
    return new HostileServer(server, scheme);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Sets the behaviour of a path. @returns its URL */
  on(path: string, behaviour: Behaviour): string {
    this.behaviours.set(path, behaviour);
    return this.url(path);
  }

  /** @param host name or address of this machine */
  url(path: string, host = '127.0.0.1'): string {
    return `${this.scheme}://${host}:${this.port}${path}`;
  }

  /** Number of requests for a path. */
  times(path: string): number {
    return this.asked.filter((asked) => asked === path).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '/';
    this.asked.push(path);
    this.requests.push(request);
    this.open += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.open);
    response.once('close', () => (this.open -= 1));
    const behaviour = this.behaviours.get(path) ?? status(404);
    behaviour(request, response);
  }
}

/** Sends the whole body at once, with its length. */
export function whole(body: Buffer, headers: Record<string, string> = {}): Behaviour {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': body.length, ...headers }).end(body);
  };
}

/** Sends the whole body after a delay. */
export function late(body: Buffer, afterMs: number): Behaviour {
  return (request, response) => {
    const timer = setTimeout(() => whole(body)(request, response), afterMs);
    response.once('close', () => clearTimeout(timer));
  };
}

/** Sends the whole body when a promise settles. */
export function after(happened: Promise<void>, body: Buffer): Behaviour {
  return (request, response) => void happened.then(() => whole(body)(request, response));
}

/** Sends the body in chunks, without a length. */
export function chunked(body: Buffer, chunkBytes: number): Behaviour {
  return (_request, response) => {
    for (let at = 0; at < body.length; at += chunkBytes) response.write(body.subarray(at, at + chunkBytes));
    response.end();
  };
}

/** Sends only a status, with a page that shows it. */
export function status(code: number, headers: Record<string, string> = {}): Behaviour {
  return (_request, response) => {
    response.writeHead(code, { 'content-type': 'text/html', ...headers }).end(`<h1>${code}</h1>`);
  };
}

/** Applies one behaviour after the other; the last one repeats. */
export function first(...behaviours: readonly Behaviour[]): Behaviour {
  let times = 0;
  return (request, response) => {
    behaviours[Math.min(times, behaviours.length - 1)]?.(request, response);
    times += 1;
  };
}

/** Accepts the request and never answers. */
export const silent: Behaviour = () => undefined;

/** Begins the body and then stalls. */
export function stalled(body: Buffer, afterBytes: number): Behaviour {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': body.length }).write(body.subarray(0, afterBytes));
  };
}

/** Begins the body and breaks the connection. */
export function broken(body: Buffer, afterBytes: number): Behaviour {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.subarray(0, afterBytes), () => response.destroy());
  };
}

/** Sends an endless body, a few bytes at a time. */
export function dripping(body: Buffer, bytesEach: number, everyMs: number): Behaviour {
  return (_request, response) => {
    let at = 0;
    const timer = setInterval(() => {
      response.write(body.subarray(at, at + bytesEach));
      at += bytesEach;
    }, everyMs);
    response.once('close', () => clearInterval(timer));
  };
}

/** Sends an endless body as fast as the client reads. */
export function endless(head: Buffer): Behaviour {
  return (_request, response) => {
    const block = Buffer.alloc(65_536);
    const pour = (): void => {
      while (response.write(block));
    };
    response.on('drain', pour);
    response.write(head);
    pour();
  };
}
