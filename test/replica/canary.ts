import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Stats } from './stats.ts';

/** An address that no client may reach; it counts and cuts every connection. */
export interface Canary {
  readonly url: string;
  close(): Promise<void>;
}

/** Opens the canary on a free port of 127.0.0.1, which no list of allowed hosts contains. */
export async function openCanary(stats: Stats): Promise<Canary> {
  const server = createServer((socket) => {
    stats.canaryConnections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/secret.jpg`,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
