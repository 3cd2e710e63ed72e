import type { Response } from 'express';
import type { Html } from '../../jobs/html.js';
import type { Problem } from '../../validation/problem.js';
import type { HttpProblem } from './problem.js';

/** Sends a page that is never stored: pages name jobs, and knowing a job's address is the right to it. */
export function sendPage(response: Response, status: number, page: Html): void {
  response
    .status(status)
    .set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex', Vary: 'Accept' })
    .type('html')
    .send(page.source);
}

/** Sends JSON that is never stored. */
export function sendJson(response: Response, status: number, body: object): void {
  response
    .status(status)
    .set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex', Vary: 'Accept' })
    .json(body);
}

/**
 * Sends a failure as problem details.
 * @param errors what is wrong with which field
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function sendProblem(response: Response, problem: HttpProblem, errors: readonly Problem[] = []): void {
  const { status, code, title, detail } = problem;
  const extra = errors.length === 0 ? {} : { errors };
  response
    .status(status)
    .set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex', Vary: 'Accept' })
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail, code, ...extra }));
}

/** Sends the browser on to a page of ours with GET. */
export function seeOther(response: Response, path: string): void {
  response.set({ 'Cache-Control': 'no-store', Vary: 'Accept' }).redirect(303, path);
}
