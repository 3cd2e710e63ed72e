import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { Rejection } from './rejection.js';

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/**
 * Undoes content codings, which some servers use unasked.
 * @param header `Content-Encoding`
 * @returns the body itself where it is not coded
 * @throws Rejection `unsupported_format` for a coding that is not known, or more than one
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.content-encoding
 */
export function decodedBody(body: Readable, header: string | undefined): Readable {
  const coding = (header ?? 'identity').trim().toLowerCase();
  if (coding === 'identity' || coding === '') return body;
  const decoder = Object.hasOwn(DECODERS, coding) ? DECODERS[coding]?.() : undefined;
  if (decoder === undefined) {
    body.destroy();
    throw new Rejection('unsupported_format', 'content coding');
  }
  // The decoder is destroyed with the body's error, and whoever reads it is told there.
  return pipeline(body, decoder, () => undefined);
}
