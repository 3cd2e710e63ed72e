import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Job } from '../../jobs/job.js';
import { seeOther, sendJson } from '../http/reply.js';
import { wantsJson } from '../http/wants-json.js';
import { JobPaths } from './job-paths.js';
import { JobPresenter } from '../../presenting/job-presenter.js';

/** Answers requests that changed a job. */
@Injectable()
export class JobAnswers {
  constructor(
    private readonly paths: JobPaths,
    private readonly presenter: JobPresenter,
  ) {}

  /** Redirects browsers to the page of the job, and sends the job to programs. */
  send(request: Request, response: Response, job: Job): void {
    if (wantsJson(request)) sendJson(response, 200, this.presenter.present(job));
    else seeOther(response, this.paths.page(job));
  }
}
