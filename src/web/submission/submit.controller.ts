import {
  BadRequestException,
  Controller,
  Get,
  Headers,
  MethodNotAllowedException,
  Post,
  Req,
  Res,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { isAppError } from '../../jobs/app-error.js';
import type { Taken } from '../../intake/intake.js';
import { Clock } from '../../jobs/clock.port.js';
import type { RawFields } from '../../validation/problem.js';
import { ClientAddress } from '../http/client-address.js';
import { isLocalRequest } from '../http/local-request.js';
import { INVALID_REQUEST, problemOf } from '../http/problem.js';
import { seeOther, sendJson, sendPage, sendProblem } from '../http/reply.js';
import { sendsJson, wantsJson } from '../http/wants-json.js';
import { JobPaths } from '../jobs/job-paths.js';
import { JobPresenter } from '../../presenting/job-presenter.js';
import { refusedPage } from '../pages/message-page.js';
import { FormPages } from './form-pages.js';
import { typedValues } from './form-values.js';
import { Submission } from './submission.js';

/** Takes new jobs, from the form and from the JSON API. */
@Controller('jobs')
export class SubmitController {
  constructor(
    private readonly submission: Submission,
    private readonly forms: FormPages,
    private readonly paths: JobPaths,
    private readonly presenter: JobPresenter,
    private readonly clock: Clock,
  ) {}

  /**
   * Redirects to the form: a form that came back with problems has this address. There is no list of jobs.
   */
  @Get()
  toForm(@Req() request: Request, @Res() response: Response): void {
    if (!wantsJson(request)) return seeOther(response, '/');
    response.set('Allow', 'POST');
    throw new MethodNotAllowedException();
  }

  @Post()
  async submit(
    @Req() request: Request,
    @Res() response: Response,
    @ClientAddress() client: string,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<void> {
    const isJson = sendsJson(request);
    if (!isJson && !request.is('application/x-www-form-urlencoded'))
      throw new UnsupportedMediaTypeException();
    const raw = fieldsOf(request.body);
    if (isJson) this.answer(request, response, raw, await this.submission.fromApi(raw, client, key));
    else await this.fromForm(request, response, raw, client);
  }

  /**
   * If the store cannot be reached or a limit was reached, returns the form as typed. Clients that are
   * refused many times get a short page: the form is a hundred times the work of a refusal.
   */
  private async fromForm(
    request: Request,
    response: Response,
    raw: RawFields,
    client: string,
  ): Promise<void> {
    try {
      this.answer(request, response, raw, await this.submission.fromForm(raw, client));
    } catch (error) {
      const problem = problemOf(error, this.clock);
      const { status, title, detail, retryAfterSeconds } = problem;
      if (!isAppError(error) || (status !== 503 && status !== 429) || wantsJson(request)) throw error;
      response.set('Retry-After', String(retryAfterSeconds));
      if (!(await this.submission.isWorthAForm(client)))
        return sendPage(response, status, refusedPage(problem));
      const notice = { what: title, next: detail, isBad: true };
      sendPage(response, status, this.forms.make({ ...typed(request, raw), problems: [], notice }));
    }
  }

  private answer(request: Request, response: Response, raw: RawFields, submitted: Taken): void {
    const isJson = wantsJson(request);
    if (!submitted.ok && isJson) return sendProblem(response, INVALID_REQUEST, submitted.problems);
    if (!submitted.ok) {
      const { problems } = submitted;
      const content = { ...typed(request, raw), problems, notice: null };
      return sendPage(response, INVALID_REQUEST.status, this.forms.make(content));
    }
    const path = this.paths.page(submitted.job);
    if (!isJson) return seeOther(response, path);
    response.location(path);
    sendJson(response, 201, this.presenter.present(submitted.job));
  }
}

function typed(request: Request, raw: RawFields) {
  const { nonce, replaces } = raw;
  return { values: typedValues(raw), nonce, replaces, isLocal: isLocalRequest(request) };
}

function fieldsOf(body: unknown): RawFields {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new BadRequestException();
  return { ...body };
}
