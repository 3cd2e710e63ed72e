import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Makes the folder of `path` and tries whether a file can be written there, before long work is done for it.
 * @throws Error of the disk where it cannot
 */
export async function assertWritable(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const there = await stat(path).catch(() => null);
  if (there?.isDirectory() === true) throw new Error(`${path} is a folder`);
  try {
    await (await open(asideOf(path), 'w')).close();
  } finally {
    await rm(asideOf(path), { force: true });
  }
}

/** Writes a file aside and renames it, so that a file under `path` is always whole. */
export async function writeWhole(content: Readable, path: string): Promise<void> {
  const aside = asideOf(path);
  try {
    await pipeline(content, createWriteStream(aside));
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}

function asideOf(path: string): string {
  return `${path}.part`;
}
