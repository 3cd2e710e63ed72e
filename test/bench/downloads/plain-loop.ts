import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Downloads the same addresses one after the other, as a simple script does.
 * @returns milliseconds
 * @throws Error if the number of files differs from `expected`
 */
export async function timePlainLoop(
  folder: string,
  urls: readonly string[],
  expected: number,
): Promise<number> {
  await mkdir(folder, { recursive: true });
  const before = performance.now();
  let brought = 0;
  for (const url of urls) {
    const answer = await fetch(url);
    const bytes = await answer.bytes();
    if (!answer.ok) continue;
    await writeFile(join(folder, `${brought}.jpg`), bytes);
    brought += 1;
  }
  const tookMs = performance.now() - before;
  if (brought !== expected) throw new Error(`the loop brought ${brought} files instead of ${expected}`);
  return tookMs;
}
