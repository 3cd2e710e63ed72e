import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const OTHERS_MAY_PASS = 0o001;

/** Whether another user than ours gets at a program or folder: every part of its path lets everybody through. */
export async function isOpenToAnybody(path: string): Promise<boolean> {
  const real = await realpath(path);
  for (let part = real; ; part = dirname(part)) {
    if (((await stat(part)).mode & OTHERS_MAY_PASS) === 0) return false;
    if (part === dirname(part)) return true;
  }
}
