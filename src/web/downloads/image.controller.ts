import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AppError } from '../../jobs/app-error.js';
import { ArchiveStore, type ByteRange } from '../../zipping/archive-store.port.js';
import { contentRange } from '../../zipping/reading/archive-entries.js';
import { attachment } from '../http/content-disposition.js';
import { entityTag } from '../http/entity-tag.js';
import { sendRanged } from '../http/ranged-content.js';
import { signalOf } from '../http/request-signal.js';
import { imageNumber } from './chosen-numbers.js';
import { type ReadyJob, ReadyJobs } from './ready-job.js';
import { SharedImages } from './shared-images.js';
import { sendStored } from './stored-object.js';

const FORMAT = /^[a-z]{3,5}$/;

/** Gives single images of the archive, to look at or, with `?download`, to keep. */
@Controller()
export class ImageController {
  constructor(
    private readonly jobs: ReadyJobs,
    private readonly shared: SharedImages,
    private readonly store: ArchiveStore,
  ) {}

  @Get('jobs/:id/images/:number')
  async forAsker(
    @Param('id') publicId: string,
    @Param('number') number: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(await this.jobs.forAsker(publicId), number, request, response);
  }

  @Get('d/:token/images/:number')
  async forEverybody(
    @Param('token') token: string,
    @Param('number') number: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.send(await this.jobs.forEverybody(token), number, request, response);
  }

  private async send(ready: ReadyJob, number: string, request: Request, response: Response): Promise<void> {
    const signal = signalOf(response);
    const listing = await this.shared.listing(ready, signal);
    const index = imageNumber(number) - 1;
    const [entry, file] = [listing.entries[index], listing.manifest.files[index]];
    if (entry === undefined || file === undefined) throw new AppError('choice.no_such_image');
    if (!this.shared.indexes(ready, listing).includes(index)) throw new AppError('choice.not_shared');
    const { name } = listing.zip;
    const { start, bytes } = await contentRange(this.store, listing.zip, entry, signal);
    const content = {
      bytes,
      tag: entityTag(file.sha256),
      headers: headersOf(file, 'download' in request.query),
      send: (range: ByteRange | null) => {
        const { start: from, end } = range ?? { start: 0, end: bytes - 1 };
        return sendStored(this.store, name, { start: start + from, end: start + end }, response);
      },
    };
    await sendRanged(content, request, response);
  }
}

/** Opened alone, an image must not act for our pages, whatever a browser takes it for. */
function headersOf(
  { file, format }: { readonly file: string; readonly format: string },
  isDownload: boolean,
): Record<string, string> {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return {
    'Cache-Control': 'private, max-age=600',
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Content-Type': FORMAT.test(format) ? `image/${format}` : 'application/octet-stream',
    ...(isDownload ? { 'Content-Disposition': attachment(name, name) } : {}),
  };
}
