import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes a file aside and renames it, so that a file under `path` is always whole; makes its folder. */
export async function writeWhole(content: Readable, path: string): Promise<void> {
  const aside = `${path}.part`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await pipeline(content, createWriteStream(aside));
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}
