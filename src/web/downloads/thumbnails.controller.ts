import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Job } from '../../jobs/job.js';
import { type ArchiveName, ArchiveStore } from '../../zipping/archive-store.port.js';
import { JobAccess } from '../jobs/job-access.js';
import { sendStored } from './stored-object.js';

const SHA256 = /^[0-9a-f]{64}$/;

/** Serves the thumbnails of the job page and of the shared page. */
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
    @Res() response: Response,
  ): Promise<void> {
    await this.send(await this.access.byPublicId(publicId), sha256, response);
  }

  @Get('d/:token/thumbs/:sha256')
  async forEverybody(
    @Param('token') token: string,
    @Param('sha256') sha256: string,
    @Res() response: Response,
  ): Promise<void> {
    const job = await this.access.byLinkToken(token);
    if (job.state !== 'ready') throw new NotFoundException();
    await this.send(job, sha256, response);
  }

  private async send({ id }: Job, sha256: string, response: Response): Promise<void> {
    if (!SHA256.test(sha256)) throw new NotFoundException();
    const name: ArchiveName = `${id}/thumbs/${sha256}.webp`;
    const bytes = await this.store.size(name);
    if (bytes === null) throw new NotFoundException();
    response.set({
      // Its name is its digest, but caches must not keep it much longer than the job.
      'Cache-Control': 'private, max-age=600',
      'Content-Length': String(bytes),
      'Content-Type': 'image/webp',
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex',
    });
    await sendStored(this.store, name, null, response);
  }
}
