import { stat, statfs } from 'node:fs/promises';

const SHARED_MEMORY = '/dev/shm';
/** Containers often have 64 MB, with which Chrome crashes on large pages. */
const LEAST_BYTES = 128 * 2 ** 20;
const OTHERS_MAY_WRITE = 0o002;

/**
 * Arguments for Chrome if the machine's shared memory is missing, small or closed to its user: use files
 * instead, which is a little slower.
 * @param folder where shared memory is mounted, default `/dev/shm`
 */
export async function sharedMemoryArguments(folder = SHARED_MEMORY): Promise<string[]> {
  try {
    const [{ mode }, { bsize, blocks }] = await Promise.all([stat(folder), statfs(folder)]);
    const isUsable = (mode & OTHERS_MAY_WRITE) !== 0 && bsize * blocks >= LEAST_BYTES;
    return isUsable ? [] : ['--disable-dev-shm-usage'];
  } catch {
    // Only Linux has it, and only there Chrome needs it.
    return ['--disable-dev-shm-usage'];
  }
}
