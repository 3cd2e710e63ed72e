import { pause, waitForEnd, type Exchange } from '../../exchange.ts';
import type { Answering } from '../image-site.ts';

const STALL_AFTER_BYTES = 4000;
const DRIP_EVERY_MS = 100;
const OVERSIZED_BYTES = 64e6;

const stall: Answering = async ({ exchange, entry, file }) => {
  const body = await file();
  head(exchange, `image/${entry.picture.format}`, body.length);
  exchange.response.write(body.subarray(0, STALL_AFTER_BYTES));
  await waitForEnd(exchange);
};

const drip: Answering = async ({ exchange, entry, file, plan }) => {
  const body = await file();
  const step = Math.max(1, Math.round((plan.dripBytesPerSecond * DRIP_EVERY_MS) / 1000));
  head(exchange, `image/${entry.picture.format}`, body.length);
  for (let sent = 0; sent < body.length; sent += step) {
    exchange.response.write(body.subarray(sent, sent + step));
    if (!(await pause(exchange, DRIP_EVERY_MS))) return;
  }
  exchange.response.end();
};

/** Begins as a true picture and sends its full length, if the client lets it. */
const oversized: Answering = async ({ exchange, entry, file }) => {
  const body = await file();
  head(exchange, `image/${entry.picture.format}`, OVERSIZED_BYTES);
  for (let left = OVERSIZED_BYTES; left > 0; left -= body.length) {
    const hasRoom = exchange.response.write(body.subarray(0, Math.min(left, body.length)));
    if (!hasRoom && !(await drained(exchange))) return;
  }
  exchange.response.end();
};

function head({ response }: Exchange, type: string, bytes: number): void {
  response.writeHead(200, { 'content-type': type, 'content-length': String(bytes) });
}

/** @returns whether there is room again; false if the client has left */
function drained({ response }: Exchange): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (): void => {
      response.off('drain', finish).off('close', finish);
      resolve(!response.destroyed);
    };
    response.once('drain', finish).once('close', finish);
  });
}

/** Answers that take for ever, or nearly. */
export const neverEndingAnswers = {
  stall,
  'stall-silent': ({ exchange }) => waitForEnd(exchange),
  drip,
  oversized,
} as const satisfies Record<string, Answering>;
