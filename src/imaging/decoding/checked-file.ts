import { open, readFile } from 'node:fs/promises';
import { readAvif } from '../formats/avif-file.ts';
import { checkGif } from '../formats/gif-file.ts';
import { checkJpeg } from '../formats/jpeg-file.ts';
import { framesOfPng } from '../formats/png-file.ts';

/** Enough for the headers of nearly every photo. */
const HEAD_BYTES = 65_536;

/** The result of checks without libvips. */
export interface CheckedFile {
  /** Input for libvips: the path, or changed bytes if libvips cannot read the file as it is. */
  readonly input: string | Buffer;
  /** Null if libvips has to count them. */
  readonly frames: number | null;
}

/**
 * Checks what libvips does not: it also shows truncated files and files that no browser shows.
 * @param path absolute
 * @throws FileFault
 */
export async function checkedFile(path: string): Promise<CheckedFile> {
  const head = await headOf(path);
  const name = head.toString('latin1', 0, 8);
  if (name.startsWith('\xff\xd8')) await checkJpeg(path, head);
  else if (name.startsWith('GIF8')) checkGif(await readFile(path));
  else if (name.startsWith('\x89PNG')) return { input: path, frames: framesOfPng(await readFile(path)) };
  else if (name.endsWith('ftyp')) {
    const { frames, readable } = readAvif(await readFile(path));
    return { input: readable, frames };
  }
  return { input: path, frames: null };
}

async function headOf(path: string): Promise<Buffer> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return buffer.subarray(0, bytesRead);
}
