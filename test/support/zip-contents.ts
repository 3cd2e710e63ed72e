import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32, inflateRawSync } from 'node:zlib';
import { isInstalled } from './service/installed.ts';

const run = promisify(execFile);
const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const IMAGE = /^\d{3}-[\w-]+\.(?:jpg|png|webp|gif|avif)$/;

/** One file of a zip. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Opens a zip by its central directory and checks every entry, also with `unzip -t` if it is installed.
 * Only for zips below 4 GB with fewer than 65,535 entries.
 * @throws Error if anything is damaged
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3
 */
export async function openZip(path: string): Promise<ZipEntry[]> {
  if (isInstalled('unzip')) await run('unzip', ['-tqq', path]);
  const zip = await readFile(path);
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || zip.readUInt32LE(end) !== END) throw new Error('no end of central directory');
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw new Error('no central directory entry');
    entries.push(entryAt(zip, at));
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/** @returns the sha256 (hex) of each image in the zip, in zip order */
export async function imagesInZip(path: string): Promise<string[]> {
  const entries = await openZip(path);
  return entries
    .filter(({ name }) => IMAGE.test(name))
    .map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'));
}

function entryAt(zip: Buffer, central: number): ZipEntry {
  const name = zip.toString('utf8', central + 46, central + 46 + zip.readUInt16LE(central + 28));
  const local = zip.readUInt32LE(central + 42);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(start, start + zip.readUInt32LE(central + 20));
  const bytes = zip.readUInt16LE(central + 10) === 0 ? packed : inflateRawSync(packed);
  if (crc32(bytes) !== zip.readUInt32LE(central + 16)) throw new Error(`${name} is damaged`);
  return { name, bytes };
}
