import type { Response } from 'express';
import type { Html } from '../../jobs/wording/html.js';
import type { Problem } from '../../validation/problem.js';
import type { HttpProblem } from './problem.js';

/**
 * Time for a client to finish sending after the answer, in milliseconds: a client cut off at once might miss
 * the answer.
 */
const LINGER_MS = 2000;

/**
 * Sends a page. Browsers must not store it, since knowing a job's address gives control over the job. The
 * answer to a form is the exception: without it, going back would ask the reader to send the form again.
 * @see https://www.rfc-editor.org/rfc/rfc9111#section-4 a stored answer is reused only after validation,
 * except for going back
 */
export function sendPage(response: Response, status: number, page: Html): void {
  const storing = response.req.method === 'POST' ? 'private, no-cache' : 'no-store';
  deliver(response.status(status).type('html'), page.source, storing);
}

/** Sends JSON that browsers must not store. */
export function sendJson(response: Response, status: number, body: object): void {
  deliver(response.status(status).type('json'), JSON.stringify(body));
}

/**
 * Sends a failure as problem details.
 * @param errors problems by field
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function sendProblem(response: Response, problem: HttpProblem, errors: readonly Problem[] = []): void {
  const { status, code, title, detail, retryAt } = problem;
  const extra = {
    ...(retryAt === undefined ? {} : { retryAt: new Date(retryAt).toISOString() }),
    ...(errors.length === 0 ? {} : { errors }),
  };
  const text = JSON.stringify({ type: 'about:blank', title, status, detail, code, ...extra });
  deliver(response.status(status).type('application/problem+json; charset=utf-8'), text);
}

/** Redirects the browser to one of our pages with GET. */
export function seeOther(response: Response, path: string): void {
  response.set({ 'Cache-Control': 'no-store', Vary: 'Accept' }).redirect(303, path);
}

function deliver(response: Response, text: string, storing = 'no-store'): void {
  response.set({ 'Cache-Control': storing, 'X-Robots-Tag': 'noindex', Vary: 'Accept' });
  if (response.getHeader('Connection') === 'close') sendAhead(response, text);
  else response.send(text);
}

/** Answers a request that is still being received, then closes its connection. */
function sendAhead(response: Response, text: string): void {
  const { req: request } = response;
  const { socket } = request;
  const late = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(late));
  response.set('Content-Length', String(Buffer.byteLength(text))).write(text);
  // For HEAD, where what was written counts for nothing.
  response.flushHeaders();
  request.once('end', () => response.end()).resume();
}
