import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../jobs/app-error.js';
import type { HttpAnswer } from '../../network/guarded-http.js';

/**
 * The text of an answer.
 * @param maxBytes after decoding
 * @throws AppError `network.unreachable` where there is more; what the body throws; the decoder's error
 */
export async function readText({ body, headers }: HttpAnswer, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of decoded(body, headers['content-encoding'])) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new AppError('network.unreachable', { reason: 'too_much' });
      chunks.push(chunk);
    }
  } finally {
    body.destroy();
  }
  return Buffer.concat(chunks).toString('utf8');
}

function decoded(body: AsyncIterable<Buffer>, coding: string | undefined): AsyncIterable<Buffer> {
  if (coding === undefined || !/^(x-)?gzip$/i.test(coding.trim())) return body;
  // The decoder is destroyed with the body's error, and whoever reads it is told there.
  return pipeline(body, createGunzip(), () => undefined);
}
