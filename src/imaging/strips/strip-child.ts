/** Runs as a child process: puts thumbnails side by side. */
import sharp from 'sharp';
import { type ChildTask, serveTasks } from '../child-process/child-tasks.ts';

const TILE_PX = 128;
const GAP_PX = 8;

sharp.cache(false);
sharp.concurrency(1);

interface StripTask extends ChildTask {
  /** All thumbnails, one after the other. */
  readonly bytes: Uint8Array;
  /** Bytes of each thumbnail. */
  readonly lengths: readonly number[];
}

async function compose(task: StripTask): Promise<{ readonly bytes: Buffer }> {
  const tiles = await Promise.all(thumbnailsIn(task).map(tileOf));
  const width = tiles.length * (TILE_PX + GAP_PX) - GAP_PX;
  const background = { r: 255, g: 255, b: 255 };
  const bytes = await sharp({ create: { width, height: TILE_PX, channels: 3, background } })
    .composite(tiles.map((input, index) => ({ input, left: index * (TILE_PX + GAP_PX), top: 0 })))
    .jpeg({ quality: 80 })
    .toBuffer();
  return { bytes };
}

function thumbnailsIn({ bytes, lengths }: StripTask): Uint8Array[] {
  let end = 0;
  return lengths.map((length) => bytes.subarray(end, (end += length)));
}

function tileOf(thumbnail: Uint8Array): Promise<Buffer> {
  return sharp(thumbnail).resize(TILE_PX, TILE_PX, { fit: 'cover' }).png().toBuffer();
}

serveTasks(compose);
