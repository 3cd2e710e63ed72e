import type { Writable } from 'node:stream';

/** Where the pipe between the service and a process for images is among the files of the process. */
export const PIPE = 3;

/** Two lengths of four bytes: of the JSON, and of the bytes behind it. */
const HEAD_BYTES = 8;

/** What a message says; binary fields are buffers. */
export type Message = Readonly<Record<string, unknown>>;

/**
 * A message as it goes through a pipe: its JSON, then the bytes of all fields that are binary. Node's own channel is
 * not used, since nonsense on it is thrown where nothing can catch it, and would end the service.
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

/** Puts the messages of a pipe together again. `Told` is what a trusted sender is known to say. */
export class FrameReader<Told = Message> {
  private readonly mostBytes: number;
  private chunks: Buffer[] = [];
  private held = 0;
  private wanted = HEAD_BYTES;

  /** @param mostBytes of one message: its sender may be out of its mind */
  constructor(mostBytes: number) {
    this.mostBytes = mostBytes;
  }

  /** @returns the messages that a chunk completes @throws Error for what is no message, or too long a one */
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

/** @throws Error for what is no message */
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
