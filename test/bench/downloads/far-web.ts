/**
 * A process that serves 500 files over TLS, in HTTP/1.1 or HTTP/2 as the client chooses: forked, it listens
 * on loopback and sends its port to its parent. A relay in front delays every byte by half of ROUND_TRIP_MS
 * in both directions, like the way to a far host.
 */
import { createSecureServer } from 'node:http2';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { TEST_CERTIFICATE } from '../../support/network/test-certificate.ts';
import { randomOf } from './photos.ts';

const ROUND_TRIP_MS = 60;
const FILES = 500;
const LATENCY_MS = { least: 20, most: 300 };
const BYTES = { least: 50_000, most: 400_000 };
const random = randomOf(42);

const files = Array.from({ length: FILES }, () => ({
  body: Buffer.alloc(Math.round(random(BYTES.least, BYTES.most)), 1),
  latencyMs: random(LATENCY_MS.least, LATENCY_MS.most),
}));

const origin = createSecureServer({ ...TEST_CERTIFICATE, allowHTTP1: true }, (request, response) => {
  const file = files[Number(request.url?.slice(1))];
  setTimeout(() => {
    response.writeHead(file === undefined ? 404 : 200, { 'content-length': file?.body.length ?? 0 });
    response.end(file?.body ?? '');
  }, file?.latencyMs);
});

function holdUp(from: Socket, to: Socket): void {
  from.on('data', (bytes) => setTimeout(() => to.write(bytes), ROUND_TRIP_MS / 2));
  from.on('close', () => setTimeout(() => to.destroy(), ROUND_TRIP_MS / 2));
  from.on('error', () => to.destroy());
}

const relay = createServer((near) => {
  const far = connect((origin.address() as AddressInfo).port, '127.0.0.1');
  holdUp(near, far);
  holdUp(far, near);
});
origin.listen(0, '127.0.0.1', () => {
  relay.listen(0, '127.0.0.1', () =>
    process.send?.({ port: (relay.address() as AddressInfo).port, files: FILES }),
  );
});
process.on('disconnect', () => process.exit(0));
