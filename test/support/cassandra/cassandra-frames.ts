/** One frame of the native protocol, version 3 or 4. @see https://cassandra.apache.org/_/native_protocol.html */
export interface Frame {
  readonly stream: number;
  readonly opcode: number;
  readonly body: Buffer;
  /** The whole frame as received. */
  readonly bytes: Buffer;
}

export const OPCODE = { error: 0x00, result: 0x08, prepare: 0x09, execute: 0x0a, batch: 0x0d } as const;

const HEADER_BYTES = 9;
const RESPONSE_V4 = 0x84;
const CAS_WRITE_TIMEOUT = 0x1100;
const LOCAL_SERIAL = 0x0009;

/** Splits a byte stream into frames. */
export class FrameReader {
  private rest: Buffer = Buffer.alloc(0);

  /** @returns the frames that this chunk completes */
  push(chunk: Buffer): Frame[] {
    this.rest = Buffer.concat([this.rest, chunk]);
    const frames: Frame[] = [];
    while (this.rest.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + this.rest.readUInt32BE(5);
      if (this.rest.length < end) break;
      const bytes = this.rest.subarray(0, end);
      this.rest = this.rest.subarray(end);
      const body = withoutWarnings(bytes.subarray(HEADER_BYTES), bytes.readUInt8(1));
      frames.push({ stream: bytes.readInt16BE(2), opcode: bytes.readUInt8(4), body, bytes });
    }
    return frames;
  }
}

/** @returns the bytes of a frame, moved to another stream */
export function onStream({ bytes }: Frame, stream: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeInt16BE(stream, 2);
  return copy;
}

/** The response to a conditional write that was not acknowledged in time. */
export function casTimeout(stream: number): Buffer {
  const body = Buffer.concat([
    int(CAS_WRITE_TIMEOUT),
    text('injected'),
    short(LOCAL_SERIAL),
    int(1),
    int(2),
    text('CAS'),
  ]);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(RESPONSE_V4, 0);
  header.writeInt16BE(stream, 2);
  header.writeUInt8(OPCODE.error, 4);
  header.writeUInt32BE(body.length, 5);
  return Buffer.concat([header, body]);
}

/** The query of a PREPARE request. */
export function preparedQuery({ body }: Frame): string {
  return body.subarray(4, 4 + body.readUInt32BE(0)).toString();
}

/** The statement id in the response to a PREPARE; null for any other response. */
export function preparedId({ opcode, body }: Frame): string | null {
  const PREPARED = 4;
  if (opcode !== OPCODE.result || body.readUInt32BE(0) !== PREPARED) return null;
  return body.subarray(6, 6 + body.readUInt16BE(4)).toString('hex');
}

/** Skips the list of warnings that a response may begin with. */
function withoutWarnings(body: Buffer, flags: number): Buffer {
  const WARNINGS = 0x08;
  if ((flags & WARNINGS) === 0) return body;
  let at = 2;
  for (let left = body.readUInt16BE(0); left > 0; left -= 1) at += 2 + body.readUInt16BE(at);
  return body.subarray(at);
}

function int(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}

function short(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16BE(value);
  return buffer;
}

function text(value: string): Buffer {
  return Buffer.concat([short(Buffer.byteLength(value)), Buffer.from(value)]);
}
