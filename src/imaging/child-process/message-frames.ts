import type { Writable } from 'node:stream';

/** File descriptor, in the child process, of its pipe to the service. */
export const PIPE = 3;

/** Two lengths of four bytes each: of the JSON and of the bytes after it. */
const HEAD_BYTES = 8;

/** The fields of a message; binary fields are buffers. */
export type Message = Readonly<Record<string, unknown>>;

/**
 * Encodes a message for the pipe: its JSON, then the bytes of all binary fields. Node's own channel is not
 * used because invalid data on it throws where nothing can catch the error, which would end the service.
 */
export function frameOf(message: object): Buffer[] {
  const fields: Record<string, unknown> = {};
  const lengths: [name: string, bytes: number][] = [];
  const parts: Buffer[] = [];
  for (const [name, value] of Object.entries(message)) {
    if (value instanceof Uint8Array) {
      lengths.push([name, value.length]);
      parts.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
    } else fields[name] = value;
  }
  const json = Buffer.from(JSON.stringify({ fields, lengths }));
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(json.length, 0);
  head.writeUInt32BE(
    parts.reduce((sum, { length }) => sum + length, 0),
    4,
  );
  return [head, json, ...parts];
}

/** Sends a message in one piece. */
export function writeFrame(pipe: Writable, message: object): void {
  pipe.cork();
  for (const part of frameOf(message)) pipe.write(part);
  pipe.uncork();
}

/** Decodes the messages of a pipe. `Told` is the message type of a trusted sender. */
export class FrameReader<Told = Message> {
  private readonly mostBytes: number;
  private chunks: Buffer[] = [];
  private held = 0;
  private wanted = HEAD_BYTES;

  /** @param mostBytes of one message, since the sender may send anything */
  constructor(mostBytes: number) {
    this.mostBytes = mostBytes;
  }

  /** @returns the messages that a chunk completes @throws Error if a message is invalid or too long */
  *read(chunk: Buffer): Generator<Told, void, void> {
    this.chunks.push(chunk);
    this.held += chunk.length;
    while (this.held >= this.wanted) {
      const all = this.chunks.length === 1 ? (this.chunks[0] ?? chunk) : Buffer.concat(this.chunks);
      const end = lengthOf(all);
      this.wanted = end;
      if (end > this.mostBytes) throw new RangeError(`a message of ${end} bytes`);
      this.chunks = [all];
      if (all.length < end) return;
      this.chunks = [all.subarray(end)];
      this.held = all.length - end;
      this.wanted = HEAD_BYTES;
      yield messageIn(all.subarray(HEAD_BYTES, end), all.readUInt32BE(0));
    }
  }
}

function lengthOf(frame: Buffer): number {
  return HEAD_BYTES + frame.readUInt32BE(0) + frame.readUInt32BE(4);
}

/** @throws Error if the frame is no message */
function messageIn<Told>(frame: Buffer, jsonBytes: number): Told {
  const said: { readonly fields: Told; readonly lengths: readonly [name: string, bytes: number][] } =
    JSON.parse(frame.toString('utf8', 0, jsonBytes));
  const binaries: Record<string, Buffer> = {};
  let at = jsonBytes;
  for (const [name, length] of said.lengths) {
    if (!Number.isInteger(length) || length < 0) throw new RangeError('a field without a length');
    binaries[name] = frame.subarray(at, at + length);
    at += length;
  }
  if (at !== frame.length) throw new RangeError('lengths that do not fit the message');
  return { ...said.fields, ...binaries };
}
