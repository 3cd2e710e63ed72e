import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { pipeline } from 'node:stream/promises';
import type { Job } from '../../jobs/job.js';
import { type ArchiveName, ArchiveStore } from '../../zipping/archive-store.port.js';
import { signalOf } from '../http/request-signal.js';
import { JobAccess } from '../jobs/job-access.js';

const SHA256 = /^[0-9a-f]{64}$/;

/** The small pictures on the asker's page and on the shared one. */
@Controller()
export class ThumbnailsController {
  constructor(
    private readonly access: JobAccess,
    private readonly store: ArchiveStore,
  ) {}

  @Get('jobs/:id/thumbs/:sha256')
  async forAsker(
    @Param('id') publicId: string,
    @Param('sha256') sha256: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(await this.access.byPublicId(publicId), sha256, request, response);
  }

  @Get('d/:token/thumbs/:sha256')
  async forEverybody(
    @Param('token') token: string,
    @Param('sha256') sha256: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const job = await this.access.byLinkToken(token);
    if (job.state !== 'ready') throw new NotFoundException();
    await this.send(job, sha256, request, response);
  }

  private async send({ id }: Job, sha256: string, request: Request, response: Response): Promise<void> {
    if (!SHA256.test(sha256)) throw new NotFoundException();
    const name: ArchiveName = `${id}/thumbs/${sha256}.webp`;
    const bytes = await this.store.size(name);
    if (bytes === null) throw new NotFoundException();
    response.set({
      // Named by its content, but not to be kept much longer than the job.
      'Cache-Control': 'private, max-age=600',
      'Content-Length': String(bytes),
      'Content-Type': 'image/webp',
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex',
    });
    if (request.method === 'HEAD') return void response.end();
    const signal = signalOf(response);
    const content = await this.store.open(name, null, signal);
    try {
      await pipeline(content, response, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
