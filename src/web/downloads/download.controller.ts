import { ConflictException, Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Archive, Job } from '../../jobs/job.js';
import { sendPage } from '../http/reply.js';
import { JobAccess } from '../jobs/job-access.js';
import { JobPages } from '../jobs/job-pages.js';
import { ArchiveResponse } from './archive-response.js';

/** Serves the link of the notices. GET and HEAD change nothing, so mail scanners do no harm. */
@Controller('d')
export class DownloadController {
  constructor(
    private readonly access: JobAccess,
    private readonly pages: JobPages,
    private readonly archives: ArchiveResponse,
  ) {}

  @Get(':token')
  async page(@Param('token') token: string, @Res() response: Response): Promise<void> {
    const job = await this.access.byLinkToken(token);
    archiveOf(job);
    response.set('Referrer-Policy', 'no-referrer');
    sendPage(response, 200, await this.pages.forEverybody(job));
  }

  @Get(':token/:file')
  async archive(
    @Param('token') token: string,
    @Param('file') file: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const job = await this.access.byLinkToken(token);
    if (!file.endsWith('.zip')) throw new NotFoundException();
    await this.archives.send(job, archiveOf(job), request, response);
  }
}

/** Links are sent only with an archive, so a valid link without one is early, not wrong. */
function archiveOf(job: Job): Archive {
  if (job.state !== 'ready' || job.archive === null) throw new ConflictException();
  return job.archive;
}
