import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../../src/jobs/error-code.ts';
import type { Service } from './service.ts';
import { until } from '../until.ts';

/** One route of the service, with `:named` parts. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

/** What look-inside.mjs tells. */
export interface Inside {
  /** What is alive after a collection of garbage. */
  readonly heapBytes: number;
  readonly routes: readonly Route[];
}

/** The preload by which a service can be looked into. */
export const LOOK_INSIDE = 'look-inside.mjs';

/** Looks into a service that was started with the preload. */
export async function lookInside(service: Service): Promise<Inside> {
  const file = join(service.tempDir, 'inside.json');
  await rm(file, { force: true });
  service.signal('SIGUSR2');
  const text = await until('the service shows what is inside', () => readIfThere(file));
  return JSON.parse(text);
}

/** @returns how many files, connections and so on the service has open */
export async function handlesOf({ pid }: Service): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`)).length;
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
