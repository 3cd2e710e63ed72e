import type { Response } from 'express';
import type { Html } from '../../jobs/wording/html.js';
import type { Problem } from '../../validation/problem.js';
import type { HttpProblem } from './problem.js';

/** How long a client may go on sending once it was answered: cut off at once, it might never see the answer. */
const LINGER_MS = 2000;

/**
 * Sends a page. It is never stored: pages name jobs, and knowing a job's address is the right to it. The answer to a
 * form is the exception: a browser that has not stored it asks its reader to send the form again to go back to it.
 * @see https://www.rfc-editor.org/rfc/rfc9111#section-4 only a validated answer is used again, save for going back
 */
export function sendPage(response: Response, status: number, page: Html): void {
  const storing = response.req.method === 'POST' ? 'private, no-cache' : 'no-store';
  deliver(response.status(status).type('html'), page.source, storing);
}

/** Sends JSON that is never stored. */
export function sendJson(response: Response, status: number, body: object): void {
  deliver(response.status(status).type('json'), JSON.stringify(body));
}

/**
 * Sends a failure as problem details.
 * @param errors what is wrong with which field
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

/** Sends the browser on to a page of ours with GET. */
export function seeOther(response: Response, path: string): void {
  response.set({ 'Cache-Control': 'no-store', Vary: 'Accept' }).redirect(303, path);
}

function deliver(response: Response, text: string, storing = 'no-store'): void {
  response.set({ 'Cache-Control': storing, 'X-Robots-Tag': 'noindex', Vary: 'Accept' });
  if (response.getHeader('Connection') === 'close') sendAhead(response, text);
  else response.send(text);
}

/** Answers a request that is still coming in, then closes its connection. */
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
