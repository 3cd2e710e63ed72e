/**
 * A process that serves the images of P1 and P3: forked, it makes them, listens on loopback and sends its
 * addresses to its parent. Every address waits for its latency before it answers.
 */
import { createServer } from 'node:http';
import type { ImageWeb, WebAddress } from './image-web-types.ts';
import { photographer, randomOf } from './photos.ts';

const GOOD = 500;
const DEAD = 21;
const HOSTS = 16;
const LATENCY_MS = { least: 20, most: 300 };
const BYTES = { least: 50_000, most: 400_000 };
const random = randomOf(42);
const makeJpeg = photographer(random);

const images = new Map<string, Buffer>();
const addresses: (WebAddress & { readonly path: string })[] = [];
for (let index = 0; index < GOOD + DEAD; index += 1) {
  const isDead = index % 25 === 7 && addresses.filter((address) => !address.isGood).length < DEAD;
  const bytes = isDead ? null : await makeJpeg(random(BYTES.least, BYTES.most));
  const path = `/${index}.jpg`;
  if (bytes !== null) images.set(path, bytes);
  const host = `127.0.0.${1 + (index % HOSTS)}`;
  const latencyMs = Math.round(random(LATENCY_MS.least, LATENCY_MS.most));
  addresses.push({ path, url: host, latencyMs, bytes: bytes?.length ?? 0, isGood: !isDead });
}

const latencies = new Map(addresses.map(({ path, latencyMs }) => [path, latencyMs]));
const server = createServer((request, response) => {
  const path = request.url ?? '';
  setTimeout(
    () => {
      const bytes = images.get(path);
      if (bytes === undefined) response.writeHead(404).end('gone');
      else
        response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': bytes.length }).end(bytes);
    },
    latencies.get(path) ?? 0,
  );
});
server.listen(0, '0.0.0.0', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const web: ImageWeb = {
    addresses: addresses.map(({ path, url: host, ...facts }) => ({
      ...facts,
      url: `http://${host}:${port}${path}`,
    })),
    hosts: Array.from({ length: HOSTS }, (_host, index) => `127.0.0.${1 + index}`),
  };
  process.send?.(web);
});
process.on('disconnect', () => process.exit(0));
