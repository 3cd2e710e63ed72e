import { ForbiddenException } from '@nestjs/common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Middleware that keeps pages of other sites from acting here: requests that may change something must come
 * from our pages or from a client that is not a browser (and sends no origin).
 * @param publicUrl public address of the service, if it is set
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function crossSiteGuard(publicUrl: string | null): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction): void => {
    const isAllowed = SAFE_METHODS.has(request.method) || isOwn(request, publicUrl);
    next(isAllowed ? undefined : new ForbiddenException('This request came from another site.'));
  };
}

function isOwn(request: Request, publicUrl: string | null): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = request.headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { host, origin: sender } = new URL(origin);
  return host === request.headers.host || (publicUrl !== null && sender === new URL(publicUrl).origin);
}
