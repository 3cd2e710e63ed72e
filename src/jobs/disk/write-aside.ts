import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../error-code.js';
import { makeFolder } from './disk-error.js';

/**
 * Writes a file under another name in the same folder and renames it once it is whole, replacing what is there. The
 * folder is made if it is absent; only the service's own user can read the file.
 * @throws what `write` throws, or the file system; nothing of the new file is left then
 */
export async function writeAside<T>(path: string, write: (file: FileHandle) => Promise<T>): Promise<T> {
  const aside = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    const written = await writeTo(await create(aside), write);
    await rename(aside, path);
    return written;
  } catch (error) {
    // If the disk is the problem, this fails as well; the first failure is the one to report.
    await rm(aside, { force: true }).catch(() => null);
    throw error;
  }
}

async function create(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    await makeFolder(dirname(path));
    return open(path, 'wx', 0o600);
  }
}

async function writeTo<T>(file: FileHandle, write: (file: FileHandle) => Promise<T>): Promise<T> {
  try {
    return await write(file);
  } finally {
    await file.close();
  }
}
