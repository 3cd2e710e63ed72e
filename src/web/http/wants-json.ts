import type { Request } from 'express';

/** Whether the client prefers JSON to a page: it says so, or it sent JSON and accepts anything. */
export function wantsJson(request: Request): boolean {
  const accept = request.headers.accept ?? '*/*';
  if (/^\s*\*\/\*\s*(;|$)/.test(accept)) return sendsJson(request) || request.path.startsWith('/api/');
  return request.accepts(['text/html', 'application/json', 'application/problem+json']) !== 'text/html';
}

/** Whether the body is JSON by its content type. */
export function sendsJson(request: Request): boolean {
  return typeof request.is(['application/json', '+json']) === 'string';
}
