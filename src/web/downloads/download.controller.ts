import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { sendPage } from '../http/reply.js';
import { JobPages } from '../jobs/job-pages.js';
import { ArchiveResponse } from './archive-response.js';
import { ReadyJobs } from './ready-job.js';

/** Serves the link of the notices. GET and HEAD change nothing, so mail scanners do no harm. */
@Controller('d')
export class DownloadController {
  constructor(
    private readonly jobs: ReadyJobs,
    private readonly pages: JobPages,
    private readonly archives: ArchiveResponse,
  ) {}

  @Get(':token')
  async page(@Param('token') token: string, @Res() response: Response): Promise<void> {
    const { job } = await this.jobs.forEverybody(token);
    response.set('Referrer-Policy', 'no-referrer');
    sendPage(response, 200, await this.pages.forEverybody(job));
  }

  /** The images that the asker chose for everybody: all, if nothing was chosen. */
  @Get(':token/:file')
  async archive(
    @Param('token') token: string,
    @Param('file') file: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const ready = await this.jobs.forEverybody(token);
    if (!file.endsWith('.zip')) throw new NotFoundException();
    const { choice } = ready.archive;
    if (choice === undefined) await this.archives.send(ready, request, response);
    else await this.archives.sendChosen(ready, choice, request, response);
  }
}
