import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { JobRequest } from '../job.js';

/** Most bytes of a packed text in a token of 4,096 characters: three in four, without nonce and tag of its seal. */
const MAX_PACKED_BYTES = 3072 - 28;
/** Room for what a request gets after its validation: the chat of the asker, another time, the age of the link. */
const RESERVED_BYTES = 200;

/** The first byte of a packed text. An unpacked one, as older versions sealed it, begins with `{`. */
const ENCODINGS = { utf8: 1, utf16le: 2 } as const;

/** Deflates a text; the encoding is the shorter one, since most letters of Asian scripts need three bytes in UTF-8. */
export function packText(text: string): Buffer {
  const [utf8, utf16] = [packedAs('utf8', text), packedAs('utf16le', text)];
  return utf8.length <= utf16.length ? utf8 : utf16;
}

/** The text that {@link packText} packed, or an unpacked text of an older version. */
export function unpackText(packed: Buffer): string {
  const [code] = packed;
  if (code !== ENCODINGS.utf8 && code !== ENCODINGS.utf16le) return packed.toString('utf8');
  const encoding = code === ENCODINGS.utf8 ? 'utf8' : 'utf16le';
  return inflateRawSync(packed.subarray(1)).toString(encoding);
}

/** Whether the token of a retry link that holds `request` has at most 4,096 characters. */
export function fitsIntoLinks(request: JobRequest): boolean {
  const text = JSON.stringify(request);
  const room = MAX_PACKED_BYTES - RESERVED_BYTES;
  return Buffer.byteLength(text) < room || packText(text).length <= room;
}

function packedAs(encoding: keyof typeof ENCODINGS, text: string): Buffer {
  const packed = deflateRawSync(Buffer.from(text, encoding), { level: 9 });
  return Buffer.concat([Buffer.of(ENCODINGS[encoding]), packed]);
}
