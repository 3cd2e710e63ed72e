import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../../src/jobs/error-code.ts';
import type { Service } from './service.ts';
import { until } from '../until.ts';

/** A route of the service, with `:named` parameters. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

/** The report of inspect-service.mjs. */
export interface Inspection {
  /** Heap in use after a garbage collection. */
  readonly heapBytes: number;
  readonly routes: readonly Route[];
}

/** The preload that makes a service inspectable. */
export const INSPECTION = 'inspect-service.mjs';

/** Inspects a service that was started with the preload. */
export async function inspect(service: Service): Promise<Inspection> {
  const file = join(service.tempDir, 'inspection.json');
  await rm(file, { force: true });
  service.signal('SIGUSR2');
  const text = await until('the service is inspected', () => readIfThere(file));
  return JSON.parse(text);
}

/** @returns the number of file descriptors that the service has open */
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
