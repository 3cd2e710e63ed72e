import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AppError } from '../../jobs/app-error.js';
import type { Job } from '../../jobs/job.js';
import { JobsService } from '../../jobs/jobs.service.js';
import { ClientAddress } from '../http/client-address.js';
import { JobAccess } from '../jobs/job-access.js';
import { JobAnswers } from '../jobs/job-answers.js';
import { Submission } from './submission.js';

/** Submits the request of a job again, now or later. The new job counts against the limits. */
@Controller('jobs')
export class RetryController {
  constructor(
    private readonly access: JobAccess,
    private readonly jobs: JobsService,
    private readonly submission: Submission,
    private readonly answers: JobAnswers,
  ) {}

  @Post(':id/retry')
  async retry(
    @Param('id') publicId: string,
    @Req() request: Request,
    @Res() response: Response,
    @ClientAddress() client: string,
  ): Promise<void> {
    await this.send(publicId, request, response, (job) => this.submission.again(job, client));
  }

  /** Collects what a ready job lacks. */
  @Post(':id/missing')
  async missing(
    @Param('id') publicId: string,
    @Req() request: Request,
    @Res() response: Response,
    @ClientAddress() client: string,
  ): Promise<void> {
    await this.send(publicId, request, response, (job) => this.submission.goOn(job, 'missing', client));
  }

  /** Collects as many images again, without those that were delivered. */
  @Post(':id/next')
  async next(
    @Param('id') publicId: string,
    @Req() request: Request,
    @Res() response: Response,
    @ClientAddress() client: string,
  ): Promise<void> {
    await this.send(publicId, request, response, (job) => this.submission.goOn(job, 'next', client));
  }

  /** Schedules the request for the time when the engines that failed can be asked again. */
  @Post(':id/retry-later')
  async retryLater(
    @Param('id') publicId: string,
    @Req() request: Request,
    @Res() response: Response,
    @ClientAddress() client: string,
  ): Promise<void> {
    await this.send(publicId, request, response, (job) => {
      const at = this.jobs.laterTime(job);
      if (at === null) throw new AppError('job.not_possible_now');
      return this.submission.again(job, client, at);
    });
  }

  /** Answers with the job that follows the one with an id. */
  private async send(
    publicId: string,
    request: Request,
    response: Response,
    following: (job: Job) => Promise<Job>,
  ): Promise<void> {
    const job = await this.access.byPublicId(publicId);
    this.answers.send(request, response, await following(job));
  }
}
