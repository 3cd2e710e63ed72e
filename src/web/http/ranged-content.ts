import type { Request, Response } from 'express';
import type { ByteRange } from '../../zipping/archive-store.port.js';
import { parseByteRange } from './byte-range.js';
import { allowsRange, isNamedBy } from './entity-tag.js';

/** Content that can be sent whole or as a range. */
export interface RangedContent {
  readonly bytes: number;
  /** Its strong entity tag. */
  readonly tag: string;
  /** Further headers, with the Content-Type. */
  readonly headers: Readonly<Record<string, string>>;
  /** Sends the bytes of a range, or for null all of them, after the headers; HEAD gets none. */
  readonly send: (range: ByteRange | null) => Promise<void>;
}

/**
 * Answers a GET or HEAD for content that only its readers may keep.
 * @throws what `send` throws
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
 */
export async function sendRanged(
  { bytes, tag, headers, send }: RangedContent,
  request: Request,
  response: Response,
): Promise<void> {
  response.set({
    'Accept-Ranges': 'bytes',
    ETag: tag,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Robots-Tag': 'noindex, nofollow, noarchive',
    ...headers,
  });
  if (isNamedBy(request.headers['if-none-match'], tag)) return void response.status(304).end();
  const range = rangeOf(request, bytes, tag);
  if (range === 'unsatisfiable')
    return void response.status(416).set('Content-Range', `bytes */${bytes}`).end();
  const { start, end } = range ?? { start: 0, end: bytes - 1 };
  if (range !== null) response.status(206).set('Content-Range', `bytes ${start}-${end}/${bytes}`);
  response.set('Content-Length', String(end - start + 1));
  await send(range);
}

/** Ranges are defined for GET only. */
function rangeOf(request: Request, bytes: number, tag: string): ByteRange | 'unsatisfiable' | null {
  const { range, 'if-range': ifRange } = request.headers;
  if (request.method !== 'GET' || !allowsRange(headerText(ifRange), tag)) return null;
  return parseByteRange(range, bytes);
}

function headerText(value: string | string[] | undefined): string | undefined {
  return typeof value === 'object' ? value.join(',') : value;
}
