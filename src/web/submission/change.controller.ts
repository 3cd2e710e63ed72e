import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AppError } from '../../jobs/app-error.js';
import { Clock } from '../../jobs/clock.port.js';
import { isLocalRequest } from '../http/local-request.js';
import { sendPage } from '../http/reply.js';
import { JobAccess } from '../jobs/job-access.js';
import { FILLED_IN, FormPages } from './form-pages.js';
import { valuesOf } from './form-values.js';

/** Shows the form of a job, filled in: sending it replaces a scheduled job, and repeats an ended one. */
@Controller('jobs')
export class ChangeController {
  constructor(
    private readonly access: JobAccess,
    private readonly forms: FormPages,
    private readonly clock: Clock,
  ) {}

  @Get(':id/change')
  async change(
    @Param('id') replaces: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const job = await this.access.byPublicId(replaces);
    if (job.state === 'running') throw new AppError('job.not_possible_now');
    const content = {
      values: valuesOf(job.request, this.clock.now()),
      problems: [],
      isLocal: isLocalRequest(request),
      ...(job.state === 'scheduled' ? { notice: null, replaces } : { notice: FILLED_IN }),
    };
    sendPage(response, 200, this.forms.make(content));
  }
}
