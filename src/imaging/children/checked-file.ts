import { open, readFile } from 'node:fs/promises';
import { readAvif } from './avif-file.ts';
import { checkGif } from './gif-file.ts';
import { checkJpeg } from './jpeg-file.ts';
import { framesOfPng } from './png-file.ts';

const HEAD_BYTES = 12;

/** What has been looked at in a file without libvips. */
export interface CheckedFile {
  /** What libvips is given: the path, or the bytes where it would not read them as they are. */
  readonly input: string | Buffer;
  /** Null where libvips has to tell. */
  readonly frames: number | null;
}

/**
 * Looks at what libvips does not: it shows the rest of files that were cut off, and files that no browser shows.
 * @param path absolute
 * @throws FileFault
 */
export async function checkedFile(path: string): Promise<CheckedFile> {
  const head = await headOf(path);
  if (head.startsWith('\xff\xd8')) await checkJpeg(path);
  else if (head.startsWith('GIF8')) checkGif(await readFile(path));
  else if (head.startsWith('\x89PNG')) return { input: path, frames: framesOfPng(await readFile(path)) };
  else if (head.startsWith('ftyp', 4)) {
    const { frames, readable } = readAvif(await readFile(path));
    return { input: readable, frames };
  }
  return { input: path, frames: null };
}

async function headOf(path: string): Promise<string> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return buffer.toString('latin1', 0, bytesRead);
}
