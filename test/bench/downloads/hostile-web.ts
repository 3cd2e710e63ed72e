/**
 * A process that serves the images of P2: those of P1, mixed with endless stalls, slow hosts, rate limits,
 * copies, near duplicates, wrong types and truncated files. Every address waits for its latency first.
 */
import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import sharp from 'sharp';
import type { ImageWeb, WebAddress } from './image-web-types.ts';
import { photographer, randomOf } from './photos.ts';

const GOOD = 550;
const COPIED = 400;
const HOSTS = 16;
const DRIP_BYTES = 40;
const DRIP_EVERY_MS = 100;

type Answer = (response: ServerResponse, times: number) => void;

/** Number of bad addresses of each kind. */
const BAD = {
  dead: 24,
  stall: 12,
  drip: 8,
  copy: 30,
  nearCopy: 18,
  page: 12,
  truncated: 12,
  limited: 12,
} as const;

const random = randomOf(4711);
const makeJpeg = photographer(random);

const file =
  (bytes: Buffer): Answer =>
  (response) =>
    void response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': bytes.length }).end(bytes);

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(code, headers).end('no');

const stall =
  (bytes: Buffer): Answer =>
  (response) =>
    void response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 4000));

const drip =
  (bytes: Buffer): Answer =>
  (response) => {
    response.writeHead(200, { 'content-length': bytes.length });
    let at = 0;
    const timer = setInterval(() => response.write(bytes.subarray(at, (at += DRIP_BYTES))), DRIP_EVERY_MS);
    response.once('close', () => clearInterval(timer));
  };

const limited =
  (bytes: Buffer): Answer =>
  (response, times) =>
    times === 1 ? status(429, { 'retry-after': '1' })(response, times) : file(bytes)(response, times);

interface Made {
  readonly answer: Answer;
  readonly bytes: Buffer;
  readonly isGood: boolean;
  /** The photo that the file shows; null: none. */
  readonly shows: Buffer | null;
}

const photos: Buffer[] = [];
for (let index = 0; index < GOOD; index += 1) photos.push(await makeJpeg(random(50_000, 400_000)));
/** One of the first 500 photos, so that the original of a copy is certainly among the candidates. */
const onePhoto = (): Buffer => photos[Math.floor(random(0, COPIED))] ?? Buffer.alloc(0);
const good = (bytes: Buffer): Made => ({ bytes, isGood: true, shows: bytes, answer: file(bytes) });
const bad = (answer: Answer, bytes: Buffer = Buffer.alloc(0), shows: Buffer | null = null): Made => ({
  bytes,
  isGood: false,
  shows,
  answer,
});

async function nearCopy(): Promise<Made> {
  const original = onePhoto();
  const { width, height } = await sharp(original).metadata();
  const inner = { left: 8, top: 6, width: width - 20, height: height - 15 };
  const bytes = await sharp(original)
    .extract(inner)
    .resize(Math.round(width * 0.8))
    .jpeg({ quality: 70 })
    .toBuffer();
  return bad(file(bytes), bytes, original);
}

const MAKERS: Readonly<Record<keyof typeof BAD, () => Made | Promise<Made>>> = {
  dead: () => bad(status(404)),
  stall: () => bad(stall(onePhoto())),
  drip: () => bad(drip(onePhoto())),
  copy: () => {
    const bytes = onePhoto();
    return bad(file(bytes), bytes, bytes);
  },
  nearCopy,
  page: () => bad(file(Buffer.from(`<!doctype html><title>Sign in</title>${' '.repeat(3000)}`))),
  truncated: () => bad(file(onePhoto().subarray(0, 30_000))),
  limited: async () => {
    const bytes = await makeJpeg(random(50_000, 400_000));
    return { bytes, isGood: true, shows: bytes, answer: limited(bytes) };
  },
};

const all = photos.map(good);
for (const [name, count] of Object.entries(BAD))
  for (let index = 0; index < count; index += 1)
    all.splice(Math.floor(random(0, all.length)), 0, await MAKERS[name as keyof typeof BAD]());

const served = all.map((made, index) => ({
  ...made,
  path: `/${index}.jpg`,
  host: `127.0.0.${1 + (index % HOSTS)}`,
  latencyMs: Math.round(random(20, 300)),
}));
const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const byPath = new Map(served.map((one) => [one.path, one]));
const times = new Map<string, number>();

const server = createServer((request, response) => {
  const [path = ''] = (request.url ?? '').split('?');
  const one = byPath.get(path);
  // The query contains the round, so that first requests are counted per round.
  const key = request.url ?? '';
  times.set(key, (times.get(key) ?? 0) + 1);
  setTimeout(() => one?.answer(response, times.get(key) ?? 1), one?.latencyMs ?? 0);
});
server.listen(0, '0.0.0.0', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const addresses = served.map(({ path, host, latencyMs, bytes, isGood, shows }): WebAddress => ({
    url: `http://${host}:${port}${path}`,
    latencyMs,
    bytes: bytes.length,
    isGood,
    sha256: digest(bytes),
    picture: shows === null ? null : digest(shows),
  }));
  const hosts = Array.from({ length: HOSTS }, (_host, index) => `127.0.0.${1 + index}`);
  process.send?.({ addresses, hosts } satisfies ImageWeb);
});
process.on('disconnect', () => process.exit(0));
