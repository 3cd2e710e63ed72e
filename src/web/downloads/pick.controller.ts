import { Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ArchiveResponse } from './archive-response.js';
import { PickAnswers } from './pick-answers.js';
import { type ReadyJob, ReadyJobs } from './ready-job.js';

/** Gives zips of chosen images, to the asker and to everybody with the link. Nothing is stored. */
@Controller()
export class PickController {
  constructor(
    private readonly jobs: ReadyJobs,
    private readonly archives: ArchiveResponse,
    private readonly answers: PickAnswers,
  ) {}

  /** The whole zip, whatever everybody gets. */
  @Get('jobs/:id/archive/:file')
  async whole(
    @Param('id') publicId: string,
    @Param('file') file: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const ready = await this.jobs.forAsker(publicId);
    if (!file.endsWith('.zip')) throw new NotFoundException();
    await this.archives.send(ready, request, response);
  }

  @Get('jobs/:id/pick/:choice/:file')
  async forAsker(
    @Param('id') publicId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(await this.jobs.forAsker(publicId), request, response);
  }

  @Get('d/:token/pick/:choice/:file')
  async forEverybody(
    @Param('token') token: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(await this.jobs.forEverybody(token), request, response);
  }

  @Post('jobs/:id/pick')
  async pickForAsker(
    @Param('id') publicId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.pick(await this.jobs.forAsker(publicId), request, response);
  }

  @Post('d/:token/pick')
  async pickForEverybody(
    @Param('token') token: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.pick(await this.jobs.forEverybody(token), request, response);
  }

  private async send(ready: ReadyJob, request: Request, response: Response): Promise<void> {
    const { choice, file } = request.params;
    if (typeof choice !== 'string' || typeof file !== 'string' || !file.endsWith('.zip'))
      throw new NotFoundException();
    await this.archives.sendChosen(ready, choice, request, response);
  }

  private async pick(ready: ReadyJob, request: Request, response: Response): Promise<void> {
    try {
      await this.answers.pick(ready, request, response);
    } catch (error) {
      this.answers.refuse(ready, error, request, response);
    }
  }
}
