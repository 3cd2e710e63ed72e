import { pipeline, type Transform } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { AppError } from '../../jobs/app-error.js';
import { signatureOf } from './image-signature.js';
import { Rejection } from '../../jobs/rejection.js';

/** The decoder of each coding, chosen by the first coded bytes. */
const DECODERS: Readonly<Record<string, (head: Buffer) => Transform>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  // Many servers send the bare stream without its zlib wrapping.
  deflate: (head) => (isZlib(head) ? createInflate() : createInflateRaw()),
  br: () => createBrotliDecompress(),
  zstd: () => createZstdDecompress(),
};
/** Each decoding costs us work that the sender did not have. */
const MAX_CODINGS = 2;

/**
 * Undoes content codings, which some servers use unasked. A body that already looks like an image is not
 * decoded, and unknown codings (`none`, `utf-8`) are ignored, as in browsers.
 * @param header `Content-Encoding`
 * @returns the body itself if there is nothing to undo; it throws what the body throws, and Rejection
 *   `broken_image` if it cannot be decoded
 * @throws Rejection `unsupported_format` for more than two codings
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.content-encoding
 */
export function decodedBody(body: AsyncIterable<Buffer>, header: string | undefined): AsyncIterable<Buffer> {
  const said = (header ?? '').split(',').map((coding) => coding.trim().toLowerCase());
  const decoders = said.flatMap((coding) =>
    Object.hasOwn(DECODERS, coding) ? (DECODERS[coding] ?? []) : [],
  );
  if (decoders.length > MAX_CODINGS) throw new Rejection('unsupported_format', 'content coding');
  // Codings are undone in reverse order.
  return decoders.reduceRight<AsyncIterable<Buffer>>((coded, decoder) => undone(coded, decoder), body);
}

async function* undone(
  coded: AsyncIterable<Buffer>,
  decoderFor: (head: Buffer) => Transform,
): AsyncGenerator<Buffer, void, void> {
  const chunks = coded[Symbol.asyncIterator]();
  try {
    const first = await chunks.next();
    if (first.done === true) return;
    const all = withFirst(first.value, chunks);
    const isPlain = signatureOf(first.value).kind === 'image';
    yield* isPlain ? all : through(decoderFor(first.value), all);
  } finally {
    await chunks.return?.();
  }
}

/**
 * The output of a decoder. @throws what `coded` throws; Rejection `broken_image` for errors of the decoder
 */
async function* through(
  decoder: Transform,
  coded: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer, void, void> {
  // An error of `coded` destroys the decoder, and its reader gets the error.
  const decoded: AsyncIterable<Buffer> = pipeline(coded, decoder, () => undefined);
  try {
    yield* decoded;
  } catch (error) {
    if (error instanceof AppError || error instanceof Rejection) throw error;
    throw new Rejection('broken_image', 'content coding', null, error);
  }
}

async function* withFirst(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer, void, void> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** @see https://www.rfc-editor.org/rfc/rfc1950 */
function isZlib(head: Buffer): boolean {
  const [method = 0, flags = 0] = head;
  return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;
}
