import { gzipSync } from 'node:zlib';
import { send } from '../../exchange.ts';
import type { Answering, Scene } from '../image-site.ts';

/** Sends the entry's file correctly. */
export async function sendFile({ exchange, entry, file }: Scene): Promise<void> {
  send(exchange, { type: `image/${entry.picture.format}`, body: await file() });
}

const mislabelled: Answering = async ({ exchange, entry, file }) =>
  send(exchange, { type: entry.picture.format === 'jpeg' ? 'image/png' : 'image/jpeg', body: await file() });

const untyped: Answering = async ({ exchange, file }) =>
  send(exchange, { type: 'application/octet-stream', body: await file() });

const gzipped: Answering = async ({ exchange, entry, file }) =>
  send(exchange, {
    type: `image/${entry.picture.format}`,
    headers: { 'content-encoding': 'gzip' },
    body: gzipSync(await file(), { level: 1 }),
  });

const chunked: Answering = async ({ exchange: { request, response }, entry, file }) => {
  const body = await file();
  response.writeHead(200, { 'content-type': `image/${entry.picture.format}` });
  if (request.method === 'HEAD') return void response.end();
  const half = body.length >> 1;
  response.write(body.subarray(0, half));
  response.end(body.subarray(half));
};

const refusesHead: Answering = (scene) => {
  if (scene.exchange.request.method !== 'HEAD') return sendFile(scene);
  return send(scene.exchange, { status: 405, headers: { allow: 'GET' } });
};

/** Answers that lead to a whole picture (copies included) at once. */
export const goodAnswers = {
  plain: sendFile,
  chunked,
  gzipped,
  mislabelled,
  untyped,
  'refuses-head': refusesHead,
  'exact-duplicate': sendFile,
  'near-reencoded': (scene) => sendReencoded(scene),
  'near-resized': sendFile,
  'near-cropped': sendFile,
} as const satisfies Record<string, Answering>;

/** A re-encoded copy is always a JPEG, whatever the format of its original. */
async function sendReencoded({ exchange, file }: Scene): Promise<void> {
  send(exchange, { type: 'image/jpeg', body: await file() });
}
