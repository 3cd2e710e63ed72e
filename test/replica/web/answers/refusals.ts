import { send } from '../../exchange.ts';
import type { Answering } from '../image-site.ts';
import { sendFile } from './good.ts';

const refuse =
  (status: number, headers: Readonly<Record<string, string>> = {}): Answering =>
  ({ exchange }) =>
    send(exchange, { status, headers, type: 'text/plain', body: `Status ${status}` });

/** Refuses the first GET of an address and serves every later one. */
const refuseOnce =
  (refusal: Answering): Answering =>
  (scene) => {
    const { stats, exchange } = scene;
    return stats.timesAsked(exchange.url.href, 'GET') <= 1 ? refusal(scene) : sendFile(scene);
  };

const noai: Answering = async ({ exchange, entry, file }) =>
  send(exchange, {
    type: `image/${entry.picture.format}`,
    headers: { 'x-robots-tag': 'noai, noimageai' },
    body: await file(),
  });

/** Answers that refuse, once or always. */
export const refusingAnswers = {
  gone: refuse(404),
  forbidden: refuse(403),
  unavailable: refuse(503),
  'unavailable-once': refuseOnce(refuse(503)),
  'rate-limited': refuse(429, { 'retry-after': '3600' }),
  'rate-limited-once': refuseOnce(refuse(429, { 'retry-after': '1' })),
  noai,
} as const satisfies Record<string, Answering>;
