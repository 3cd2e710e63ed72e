import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { send, type Handler } from './exchange.ts';
import type { Stats } from './stats.ts';

/** A listening address of the replica. */
export interface Origin {
  /** e.g. `http://127.0.0.3:40123` */
  readonly url: string;
  /** e.g. `127.0.0.3:40123` */
  readonly host: string;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

/**
 * Opens a listening address.
 * @param port 0 takes a free one
 * @throws Error with code EADDRNOTAVAIL if the machine has no such address, EADDRINUSE if it is taken
 */
export async function openOrigin(
  address: string,
  port: number,
  stats: Stats,
  handlers: readonly Handler[],
): Promise<Origin> {
  const sockets = new Set<Socket>();
  const server = createServer({ keepAliveTimeout: 30_000, requestTimeout: 0 });
  const host = `${address}:${await listen(server, port, address)}`;
  server.on('connection', (socket) => countConnection(socket, sockets, stats, host));
  server.on('request', (request, response) => void answer(request, response, { host, stats, handlers }));
  return {
    host,
    url: `http://${host}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listen(server: Server, port: number, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => resolve((server.address() as AddressInfo).port));
  });
}

function countConnection(socket: Socket, sockets: Set<Socket>, stats: Stats, host: string): void {
  const load = stats.host(host);
  sockets.add(socket);
  load.connections += 1;
  load.openConnections += 1;
  load.maxOpenConnections = Math.max(load.maxOpenConnections, load.openConnections);
  socket.once('close', () => {
    sockets.delete(socket);
    load.openConnections -= 1;
  });
}

interface Place {
  readonly host: string;
  readonly stats: Stats;
  readonly handlers: readonly Handler[];
}

async function answer(request: IncomingMessage, response: ServerResponse, place: Place): Promise<void> {
  const url = new URL(`http://${place.host}${request.url ?? '/'}`);
  const record = place.stats.open(
    place.host,
    url.href,
    request.method ?? 'GET',
    request.headers['user-agent'],
  );
  response.once('close', () => place.stats.end(record, response.writableFinished, response.statusCode));
  const exchange = { request, response, url, record };
  try {
    for (const handler of place.handlers) if (await handler(exchange)) return;
    send(exchange, { status: 404, body: 'Not here' });
  } catch (error) {
    place.stats.errors.push(String(error instanceof Error ? error.stack : error));
    response.destroy();
  }
}
