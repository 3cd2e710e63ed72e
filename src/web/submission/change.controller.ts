import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AppError } from '../../jobs/app-error.js';
import { Clock } from '../../jobs/clock.port.js';
import { isLocalRequest } from '../http/local-request.js';
import { sendPage } from '../http/reply.js';
import { JobAccess } from '../jobs/job-access.js';
import { FormPages } from './form-pages.js';
import { valuesOf } from './form-values.js';

/** Shows the form of a scheduled job, filled in: sending it replaces the job. */
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
    if (job.state !== 'scheduled') throw new AppError('job.not_possible_now');
    const values = valuesOf(job.request, this.clock.now());
    const isLocal = isLocalRequest(request);
    sendPage(response, 200, this.forms.make({ values, problems: [], notice: null, replaces, isLocal }));
  }
}
