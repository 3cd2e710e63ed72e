import { PayloadTooLargeException } from '@nestjs/common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

/**
 * Middleware that reads the whole body, on every route, into `rawBody`. A body over the limit is refused as
 * soon as that is known, and its connection is closed.
 */
export function receiveBody(maxBytes: number): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
    if (length === undefined && coding === undefined) return next();
    const refuse = (): void => {
      response.set('Connection', 'close');
      next(new PayloadTooLargeException());
    };
    if (Number(length ?? 0) > maxBytes) return refuse();
    const chunks: Buffer[] = [];
    let bytes = 0;
    const take = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes <= maxBytes) return void chunks.push(chunk);
      request.off('data', take).off('end', finish);
      refuse();
    };
    const finish = (): void => {
      Object.assign(request, { rawBody: Buffer.concat(chunks) });
      next();
    };
    // A client that left needs no answer.
    request.on('data', take).once('end', finish);
  };
}
