import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { JobsService } from '../../jobs/jobs.service.js';
import { isLocalRequest } from '../http/local-request.js';
import { sendJson, sendPage, seeOther } from '../http/reply.js';
import { wantsJson } from '../http/wants-json.js';
import { DELETED_PATH } from '../deleted.controller.js';
import { JobAccess } from './job-access.js';
import { JobAnswers } from './job-answers.js';
import { JobPages } from './job-pages.js';
import { JobPresenter } from '../../presenting/job-presenter.js';

/** The asker's page of a job, and its actions. */
@Controller('jobs')
export class JobsController {
  constructor(
    private readonly access: JobAccess,
    private readonly jobs: JobsService,
    private readonly pages: JobPages,
    private readonly presenter: JobPresenter,
    private readonly answers: JobAnswers,
  ) {}

  @Get(':id')
  async show(
    @Param('id') publicId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const job = await this.access.byPublicId(publicId);
    if (wantsJson(request)) sendJson(response, 200, this.presenter.present(job));
    else sendPage(response, 200, await this.pages.forAsker(job, isLocalRequest(request)));
  }

  @Post(':id/cancel')
  async cancel(
    @Param('id') publicId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { id } = await this.access.byPublicId(publicId);
    this.answers.send(request, response, await this.jobs.cancel(id));
  }

  @Post(':id/start')
  async start(
    @Param('id') publicId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { id } = await this.access.byPublicId(publicId);
    this.answers.send(request, response, await this.jobs.startNow(id));
  }

  @Post(':id/delete')
  async delete(
    @Param('id') publicId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { id } = await this.access.byPublicId(publicId);
    const job = await this.jobs.delete(id);
    if (wantsJson(request)) sendJson(response, 200, this.presenter.presentDeleted(job));
    else seeOther(response, DELETED_PATH);
  }

  @Post(':id/extend')
  async extend(
    @Param('id') publicId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { id } = await this.access.byPublicId(publicId);
    this.answers.send(request, response, await this.jobs.extend(id));
  }
}
