import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  Logger,
  NotFoundException,
  ServiceUnavailableException,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { Clock } from '../../jobs/clock.port.js';
import { problemPage } from '../pages/message-page.js';
import { allowedMethods } from './allowed-methods.js';
import { type HttpProblem, METHOD_NOT_ALLOWED, problemOf } from './problem.js';
import { sendJson, sendPage, sendProblem } from './reply.js';
import { ClientLeft } from './request-signal.js';
import { wantsJson } from './wants-json.js';

/** Answers every failed request with a page or problem details that show no internals. */
@Catch()
export class WebErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(WebErrorFilter.name);

  constructor(private readonly clock: Clock) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    if (error instanceof ClientLeft) return void response.destroy();
    if (error instanceof ServiceUnavailableException) return sendJson(response, 503, bodyOf(error));
    const allowed = error instanceof NotFoundException ? otherMethods(request) : [];
    const problem = allowed.length > 0 ? METHOD_NOT_ALLOWED : problemOf(error, this.clock);
    this.log(error, problem);
    if (response.headersSent) return void response.destroy();
    for (const name of ['Content-Disposition', 'Content-Length', 'Content-Range', 'ETag', 'Accept-Ranges'])
      response.removeHeader(name);
    if (allowed.length > 0) response.set('Allow', allowed.join(', '));
    answer(request, response, problem);
  }

  /**
   * Client errors are not logged, unavailable parts get one line, and unexpected errors are logged in full.
   */
  private log(error: unknown, { status, code }: HttpProblem): void {
    if (status === 503) this.logger.warn(`a request failed: ${code}`);
    else if (status >= 500) this.logger.error({ err: error }, 'a request failed');
  }
}

/** A readiness report is for machines and already names the fault. */
function bodyOf(error: ServiceUnavailableException): object {
  const body = error.getResponse();
  return typeof body === 'object' ? body : { status: 'error' };
}

/** The methods of this address, if the request's is not one of them. */
function otherMethods(request: Request): string[] {
  const allowed = allowedMethods(request.app, request.path);
  return allowed.includes(request.method) ? [] : allowed;
}

function answer(request: Request, response: Response, problem: HttpProblem): void {
  if (problem.retryAfterSeconds !== null) response.set('Retry-After', String(problem.retryAfterSeconds));
  if (wantsJson(request)) sendProblem(response, problem);
  else sendPage(response, problem.status, problemPage(problem));
}
