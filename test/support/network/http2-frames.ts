import type { Speaker } from './raw-server.js';

/** @see https://www.rfc-editor.org/rfc/rfc9113#section-6 */
export const FRAME = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
  altSvc: 10,
} as const;
/** On DATA and HEADERS: the stream ends. */
export const END_STREAM = 1;
/** On SETTINGS: acknowledges settings. */
export const ACK = 1;
/** On HEADERS and CONTINUATION: the headers are complete. */
export const END_HEADERS = 4;

const PREFACE_BYTES = 24;
const HEAD_BYTES = 9;

/** One frame. @param saidBytes the stated length, if it differs from the real one */
export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Uint8Array | string = '',
  saidBytes?: number,
): Buffer {
  const body = Buffer.from(payload);
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUIntBE(saidBytes ?? body.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, body]);
}

/**
 * A header in HPACK without table or compression.
 * @see https://www.rfc-editor.org/rfc/rfc7541#section-6.2.2
 */
export function header(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.from([0]), text(name), text(value)]);
}

/** A status in HPACK, valid or not. */
export function status(value: string): Buffer {
  return header(':status', value);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'latin1');
  const head: number[] = [];
  let rest = bytes.length - 127;
  head.push(rest < 0 ? bytes.length : 127);
  for (; rest >= 128; rest = Math.floor(rest / 128)) head.push((rest % 128) + 128);
  if (bytes.length >= 127) head.push(rest);
  return Buffer.concat([Buffer.from(head), bytes]);
}

/**
 * Sends these frames after the first request of a connection, and hangs up at the second request.
 * @param hangsUp whether to hang up directly after the frames
 */
export function framesAfterRequest(frames: readonly Buffer[], hangsUp: boolean): Speaker {
  return (socket) => {
    let heard = Buffer.alloc(0);
    let requests = 0;
    const listen = (chunk: Buffer): void => {
      heard = Buffer.concat([heard, chunk]);
      const before = requests;
      requests = requestsIn(heard);
      if (requests > 1) socket.destroy();
      if (requests !== 1 || before === 1) return;
      for (const one of frames) socket.write(one);
      if (hangsUp) socket.end();
    };
    socket.on('data', listen);
  };
}

function requestsIn(heard: Buffer): number {
  let requests = 0;
  for (let at = PREFACE_BYTES; at + HEAD_BYTES <= heard.length; at += HEAD_BYTES + heard.readUIntBE(at, 3))
    if (heard[at + 3] === FRAME.headers) requests += 1;
  return requests;
}
