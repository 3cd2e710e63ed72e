import type { Socket } from 'node:net';
import { mendedHead, statusIn } from './mended-head.js';

const END = /\n\r?\n/g;
const EMPTY_LINES = /^(?:\r?\n)+/;
/** With so many it is known whether a head of HTTP/1 has begun. */
const STATUS_BYTES = 13;
const SWITCHING = 101;

/**
 * Mends the heads of what a host says on a connection, before it is parsed; `mendedHead` says how. Words that the real
 * answer is still to come, which nobody asked for, are passed over. From the body on, and where what comes is no head
 * of HTTP/1, everything stays as it is.
 * @param socket one that carries a single answer
 * @param maxBytes of all the heads; a longer one is not waited for
 */
export function mendHeads(socket: Socket, maxBytes: number): void {
  const passOn = socket.push.bind(socket);
  const heads = new Heads(maxBytes);
  // Whatever arrives on a socket, encrypted or not, is pushed into it.
  socket.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (heads.areOver) return passOn(chunk, encoding);
    const mended = chunk instanceof Uint8Array ? heads.push(chunk) : heads.rest();
    const wantsMore = mended.length === 0 || passOn(mended);
    return chunk instanceof Uint8Array ? wantsMore : passOn(chunk, encoding);
  };
}

/** The heads that have come so far. */
class Heads {
  areOver = false;
  private waiting = '';

  constructor(private readonly maxBytes: number) {}

  /** @returns what can be passed on by now */
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

  /** @returns what has not been passed on */
  rest(): Buffer {
    this.areOver = true;
    return Buffer.from(this.waiting, 'latin1');
  }

  /** @returns where the first head ends; 0 where it has not */
  private endFrom(searched: number): number {
    END.lastIndex = searched;
    return END.test(this.waiting) ? END.lastIndex : 0;
  }
}
