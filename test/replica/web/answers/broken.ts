import { send } from '../../exchange.ts';
import type { Answering } from '../image-site.ts';

/** Share of the file that a broken answer sends. */
const PART = 0.6;

const truncated: Answering = async ({ exchange, entry, file }) => {
  const body = await file();
  send(exchange, { type: `image/${entry.picture.format}`, body: body.subarray(0, body.length * PART) });
};

const cutOff: Answering = async ({ exchange: { response }, entry, file }) => {
  const body = await file();
  response.writeHead(200, {
    'content-type': `image/${entry.picture.format}`,
    'content-length': String(body.length),
    connection: 'close',
  });
  response.write(body.subarray(0, body.length * PART), () => response.socket?.end());
};

/**
 * The client sees only the bytes the header promises; the rest of the file follows on the closing connection.
 */
const shortLength: Answering = async ({ exchange: { response }, entry, file }) => {
  const body = await file();
  response.strictContentLength = false;
  response.writeHead(200, {
    'content-type': `image/${entry.picture.format}`,
    'content-length': String(Math.floor(body.length * PART)),
    connection: 'close',
  });
  response.end(body);
};

const reset: Answering = async ({ exchange: { response }, entry, file }) => {
  const body = await file();
  response.writeHead(200, {
    'content-type': `image/${entry.picture.format}`,
    'content-length': String(body.length),
  });
  response.write(body.subarray(0, body.length * PART), () => response.socket?.resetAndDestroy());
};

/** Answers whose bytes cannot be a whole picture. */
export const brokenAnswers = {
  truncated,
  'cut-off': cutOff,
  'short-length': shortLength,
  reset,
  'reset-early': ({ exchange }) => void exchange.response.socket?.resetAndDestroy(),
  empty: ({ exchange }) => send(exchange, { type: 'image/jpeg' }),
} as const satisfies Record<string, Answering>;
