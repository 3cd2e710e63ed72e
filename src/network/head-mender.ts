import type { Socket } from 'node:net';
import { mendedHead, statusIn } from './mended-head.js';

const END = /\n\r?\n/g;
const EMPTY_LINES = /^(?:\r?\n)+/;
/** Bytes needed to know whether a head of HTTP/1 has begun. */
const STATUS_BYTES = 13;
const SWITCHING = 101;

/**
 * Mends the heads of all answers on a connection before they are parsed, as `mendedHead` does. It drops
 * interim answers that nobody asked for. The body, and anything that is no head of HTTP/1, stays as it is.
 * @param socket a connection with a single answer
 * @param maxBytes of all the heads; a longer one is not waited for
 */
export function mendHeads(socket: Socket, maxBytes: number): void {
  const passOn = socket.push.bind(socket);
  const heads = new Heads(maxBytes);
  // Node pushes every byte that arrives on a socket, encrypted or not, into it.
  socket.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (heads.areOver) return passOn(chunk, encoding);
    const mended = chunk instanceof Uint8Array ? heads.push(chunk) : heads.rest();
    const wantsMore = mended.length === 0 || passOn(mended);
    return chunk instanceof Uint8Array ? wantsMore : passOn(chunk, encoding);
  };
}

/** The heads received so far. */
class Heads {
  areOver = false;
  private waiting = '';

  constructor(private readonly maxBytes: number) {}

  /** @returns the bytes that can be passed on by now */
  push(chunk: Uint8Array): Buffer {
    const searched = Math.max(0, this.waiting.length - 2);
    this.waiting = (this.waiting + Buffer.from(chunk).toString('latin1')).replace(EMPTY_LINES, '');
    for (let end = this.endFrom(searched); end > 0; end = this.endFrom(0)) {
      const status = statusIn(this.waiting) ?? 0;
      const isForerunner = status > 0 && status < 200 && status !== SWITCHING;
      const head = isForerunner ? '' : mendedHead(this.waiting.slice(0, end));
      this.waiting = head + this.waiting.slice(end);
      if (!isForerunner) return this.rest();
    }
    const isNone = this.waiting.length >= STATUS_BYTES && statusIn(this.waiting) === null;
    return isNone || this.waiting.length > this.maxBytes ? this.rest() : Buffer.alloc(0);
  }

  /** @returns the bytes not passed on yet */
  rest(): Buffer {
    this.areOver = true;
    return Buffer.from(this.waiting, 'latin1');
  }

  /** @returns the end of the first head; 0 if it is incomplete */
  private endFrom(searched: number): number {
    END.lastIndex = searched;
    return END.test(this.waiting) ? END.lastIndex : 0;
  }
}
