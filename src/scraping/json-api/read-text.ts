import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../jobs/app-error.js';
import type { HttpAnswer } from '../../network/guarded-http.js';

/**
 * Reads the text of an answer.
 * @param maxBytes after decoding
 * @throws AppError `network.unreachable` if there are more; the errors of the body and the decoder
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
  // The decoder is destroyed with the body's error, which its reader gets.
  return pipeline(body, createGunzip(), () => undefined);
}
