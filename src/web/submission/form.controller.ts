import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RetryLinks } from '../../expiry/retry-link.js';
import { Clock } from '../../jobs/clock.port.js';
import { isLocalRequest } from '../http/local-request.js';
import { sendPage } from '../http/reply.js';
import { FILLED_IN, FormPages } from './form-pages.js';
import { EMPTY_FORM, valuesOf } from './form-values.js';

/** Shows the form, empty or filled in with an earlier request. */
@Controller()
export class FormController {
  constructor(
    private readonly forms: FormPages,
    private readonly retries: RetryLinks,
    private readonly clock: Clock,
  ) {}

  @Get()
  empty(@Req() request: Request, @Res() response: Response): void {
    const isLocal = isLocalRequest(request);
    sendPage(response, 200, this.forms.make({ values: EMPTY_FORM, problems: [], notice: null, isLocal }));
  }

  @Get('again/:token')
  again(@Param('token') token: string, @Req() request: Request, @Res() response: Response): void {
    const asked = this.retries.open(token);
    if (asked === null) throw new NotFoundException();
    const values = valuesOf(asked, this.clock.now());
    const isLocal = isLocalRequest(request);
    sendPage(response, 200, this.forms.make({ values, problems: [], notice: FILLED_IN, isLocal }));
  }
}
