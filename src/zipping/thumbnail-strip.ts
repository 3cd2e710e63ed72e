import { Injectable, Logger } from '@nestjs/common';
import { buffer } from 'node:stream/consumers';
import { StripMaker } from '../imaging/strips/strip-maker.js';
import type { Job, JobId } from '../jobs/job.js';
import { JobStore } from '../jobs/job-store.port.js';
import { ArchiveStore, thumbnailName } from './archive-store.port.js';
import { keptImages } from './kept-image.js';

const MAX_TILES = 6;

/** Shows the first images of a job in one picture, for chat messages. */
@Injectable()
export class ThumbnailStrip {
  private readonly logger = new Logger(ThumbnailStrip.name);

  constructor(
    private readonly store: JobStore,
    private readonly archives: ArchiveStore,
    private readonly maker: StripMaker,
  ) {}

  /** @returns a JPEG, or null if there are no thumbnails or it could not be made */
  async strip({ id }: Job, signal: AbortSignal): Promise<Buffer | null> {
    try {
      const first = keptImages(await this.store.images(id)).slice(0, MAX_TILES);
      const thumbnails = await Promise.all(
        first.map(({ outcome }) => this.thumbnail(id, outcome.file.sha256, signal)),
      );
      return thumbnails.length === 0 ? null : await this.maker.make(thumbnails, signal);
    } catch (error) {
      this.logger.warn({ jobId: id, err: error }, 'a strip of thumbnails could not be made');
      return null;
    }
  }

  private async thumbnail(id: JobId, sha256: string, signal: AbortSignal): Promise<Buffer> {
    return buffer(await this.archives.open(thumbnailName(id, sha256), null, signal));
  }
}
