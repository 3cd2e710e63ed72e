import { Injectable, Logger } from '@nestjs/common';
import { buffer } from 'node:stream/consumers';
import type { Job } from '../jobs/job.js';
import { JobStore } from '../jobs/job-store.port.js';
import { ArchiveStore, thumbnailName } from './archive-store.port.js';

const MAX_TILES = 6;
const TILE = 128;
const GAP = 8;

/** Puts the first thumbnails of a job side by side, for messages that show one picture. */
@Injectable()
export class ThumbnailStrip {
  private readonly logger = new Logger(ThumbnailStrip.name);

  constructor(
    private readonly store: JobStore,
    private readonly archives: ArchiveStore,
  ) {}

  /** @returns a JPEG, or null where there are no thumbnails or it could not be made */
  async strip({ id }: Job, signal: AbortSignal): Promise<Buffer | null> {
    try {
      const kept = (await this.store.images(id)).flatMap(({ outcome }) =>
        outcome.status === 'kept' ? [outcome.file.sha256] : [],
      );
      const tiles = await Promise.all(
        kept.slice(0, MAX_TILES).map((sha256) => this.tile(id, sha256, signal)),
      );
      return tiles.length === 0 ? null : await compose(tiles);
    } catch (error) {
      this.logger.warn({ jobId: id, err: error }, 'a strip of thumbnails could not be made');
      return null;
    }
  }

  private async tile(id: string, sha256: string, signal: AbortSignal): Promise<Buffer> {
    const webp = await buffer(await this.archives.open(thumbnailName(id, sha256), null, signal));
    const { default: sharp } = await import('sharp');
    return sharp(webp).resize(TILE, TILE, { fit: 'cover' }).png().toBuffer();
  }
}

async function compose(tiles: readonly Buffer[]): Promise<Buffer> {
  // With the first strip: a service without chat doors has no use for it here.
  const { default: sharp } = await import('sharp');
  const width = tiles.length * (TILE + GAP) - GAP;
  const background = { r: 255, g: 255, b: 255 };
  return sharp({ create: { width, height: TILE, channels: 3, background } })
    .composite(tiles.map((input, index) => ({ input, left: index * (TILE + GAP), top: 0 })))
    .jpeg({ quality: 80 })
    .toBuffer();
}
