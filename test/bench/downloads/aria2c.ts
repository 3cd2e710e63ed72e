import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Downloads the same addresses with `aria2c -j32`.
 * @returns milliseconds, or null if aria2c is not installed
 * @throws Error if the number of files differs from `expected`
 */
export async function timeAria2c(
  folder: string,
  urls: readonly string[],
  expected: number,
): Promise<number | null> {
  await mkdir(folder, { recursive: true });
  const list = `${folder}.txt`;
  await writeFile(list, urls.map((url, index) => `${url}\n  out=${index}.jpg\n`).join(''));
  const options = [
    '-j32',
    '-x1',
    '-i',
    list,
    '-d',
    folder,
    '--file-allocation=none',
    '--quiet=true',
    '--no-conf',
  ];
  const before = performance.now();
  try {
    await run('aria2c', options);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    // Exit code 3: some addresses were not found, which is expected.
    if (!isCode(error, 3)) throw error;
  }
  const tookMs = performance.now() - before;
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jpg'));
  if (names.length !== expected)
    throw new Error(`aria2c brought ${names.length} files instead of ${expected}`);
  return tookMs;
}

function isCode(error: unknown, code: string | number): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
