import { stat, statfs } from 'node:fs/promises';

const SHARED_MEMORY = '/dev/shm';
/** Containers often have 64 MB, with which Chrome crashes on large pages. */
const LEAST_BYTES = 128 * 2 ** 20;
const OTHERS_MAY_WRITE = 0o002;

/**
 * What Chrome is told where the machine's shared memory is missing, small or closed to the user that runs it:
 * to use files of its own instead, which is a little slower.
 * @param folder where shared memory is mounted, default `/dev/shm`
 */
export async function sharedMemoryArguments(folder = SHARED_MEMORY): Promise<string[]> {
  try {
    const [{ mode }, { bsize, blocks }] = await Promise.all([stat(folder), statfs(folder)]);
    const isUsable = (mode & OTHERS_MAY_WRITE) !== 0 && bsize * blocks >= LEAST_BYTES;
    return isUsable ? [] : ['--disable-dev-shm-usage'];
  } catch {
    // There is none, as on every system but Linux, where Chrome asks for none either.
    return ['--disable-dev-shm-usage'];
  }
}
