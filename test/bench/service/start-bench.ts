import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { atMost, type Bench, median } from '../bench.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FIRST_WITHIN_MS = 600_000;

/** P10: from `npm start` to listening, if everything is installed and built. */
export const startBench: Bench = {
  ids: ['P10'],
  async run({ folder, rounds, say }) {
    const dataDir = join(folder, 'data');
    await timeStart(dataDir);
    const tookMs: number[] = [];
    for (let round = 0; round < rounds; round += 1) tookMs.push(await timeStart(dataDir));
    say(`listening after ${tookMs.map(Math.round).join(', ')} ms`);
    const figure = median(tookMs) / 1000;
    const runs = tookMs.map((ms) => ({ ms }));
    return [atMost({ id: 'P10', what: 'second npm start, to listening', figure, unit: 's', runs }, 2)];
  },
};

/** @returns milliseconds from `npm start` to the line that reports listening */
async function timeStart(dataDir: string): Promise<number> {
  const startedMs = performance.now();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const deadline = setTimeout(() => child.kill('SIGKILL'), FIRST_WITHIN_MS);
  try {
    for await (const line of createInterface({ input: child.stdout }))
      if (line.includes('Image Job listens on')) return performance.now() - startedMs;
    throw new Error('npm start ended before the service listened');
  } finally {
    clearTimeout(deadline);
    const ended = once(child, 'exit');
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await ended;
  }
}
