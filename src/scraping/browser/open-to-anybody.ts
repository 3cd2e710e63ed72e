import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const OTHERS_MAY_PASS = 0o001;

/** Whether other users have access to a program or folder: every part of its path is open to everybody. */
export async function isOpenToAnybody(path: string): Promise<boolean> {
  const real = await realpath(path);
  for (let part = real; ; part = dirname(part)) {
    if (((await stat(part)).mode & OTHERS_MAY_PASS) === 0) return false;
    if (part === dirname(part)) return true;
  }
}
