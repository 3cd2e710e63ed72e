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

/** How each coding is undone, by the first bytes of what is coded. */
const DECODERS: Readonly<Record<string, (head: Buffer) => Transform>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  // Many mean the bare stream, without the wrapping the name stands for.
  deflate: (head) => (isZlib(head) ? createInflate() : createInflateRaw()),
  br: () => createBrotliDecompress(),
  zstd: () => createZstdDecompress(),
};
/** Each one undone is work for us that the other side had not. */
const MAX_CODINGS = 2;

/**
 * Undoes content codings, which some servers use unasked. What is an image as it comes was only called coded, and
 * codings nobody knows (`none`, `utf-8`) are none, as for browsers.
 * @param header `Content-Encoding`
 * @returns the body itself where nothing is to be undone; it throws what the body throws, and Rejection
 *   `broken_image` for what cannot be undone
 * @throws Rejection `unsupported_format` for more than two codings
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.content-encoding
 */
export function decodedBody(body: AsyncIterable<Buffer>, header: string | undefined): AsyncIterable<Buffer> {
  const said = (header ?? '').split(',').map((coding) => coding.trim().toLowerCase());
  const decoders = said.flatMap((coding) =>
    Object.hasOwn(DECODERS, coding) ? (DECODERS[coding] ?? []) : [],
  );
  if (decoders.length > MAX_CODINGS) throw new Rejection('unsupported_format', 'content coding');
  // The last one that was put on is the first to come off.
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

/** What a decoder makes of bytes. @throws what `coded` throws; Rejection `broken_image` for what the decoder throws */
async function* through(
  decoder: Transform,
  coded: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer, void, void> {
  // The decoder is destroyed with the error of what is coded, and whoever reads it is told there.
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
