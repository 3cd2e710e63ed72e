import { setTimeout as sleep } from 'node:timers/promises';
import type { PublicJob } from '../../../src/presenting/public-job.ts';
import type { Service } from './service.ts';

/** The raw fields of a submission. */
export interface JobFields {
  readonly query: string;
  readonly count: number;
  readonly email: string;
  readonly date?: string;
  readonly time?: string;
  readonly timeZone?: string;
  readonly engines?: readonly string[];
}

const ENDS_WITHIN_MS = 120_000;
const ASK_AGAIN_MS = 25;
const ID_BYTES = 16;

/** Submits a job through the JSON API. @throws Error if it is not accepted */
export async function submitJob(
  service: Service,
  fields: JobFields,
  headers: Readonly<Record<string, string>> = {},
): Promise<PublicJob> {
  const response = await fetch(`${service.url}/jobs`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
    body: JSON.stringify(fields),
  });
  const text = await response.text();
  if (response.status !== 201) throw new Error(`not accepted: ${response.status} ${text}`);
  return JSON.parse(text);
}

/** Requests a job. @returns the status of the response, and the job if it is 200 */
export async function askForJob(
  service: Service,
  id: string,
): Promise<{ readonly status: number; readonly job: PublicJob | null }> {
  const response = await fetch(`${service.url}/jobs/${id}`, { headers: { Accept: 'application/json' } });
  const text = await response.text();
  return { status: response.status, job: response.status === 200 ? JSON.parse(text) : null };
}

/** Presses a button of the job's page. @returns the status of the response */
export async function actOnJob(
  service: Service,
  id: string,
  action: 'cancel' | 'delete' | 'extend' | 'retry',
): Promise<number> {
  const url = `${service.url}/jobs/${id}/${action}`;
  const response = await fetch(url, { method: 'POST', headers: { Accept: 'application/json' } });
  await response.text();
  return response.status;
}

/**
 * Waits until `isSo` holds for a job.
 * @throws Error with the job and the service's output after two minutes
 */
export async function untilJob(
  service: Service,
  id: string,
  isSo: (job: PublicJob) => boolean,
  withinMs = ENDS_WITHIN_MS,
): Promise<PublicJob> {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    const { status, job } = await askForJob(service, id);
    if (job !== null && isSo(job)) return job;
    if (performance.now() > deadlineMs)
      throw new Error(`not in time: ${status} ${JSON.stringify(job)}\n${service.output}`);
    await sleep(ASK_AGAIN_MS);
  }
}

/** Whether a job has ended, successfully or not. */
export function hasEnded({ state }: PublicJob): boolean {
  return state === 'ready' || state === 'failed' || state === 'cancelled';
}

/** The internal job id, used in records and files, for a public id. */
export function recordIdOf(publicId: string): string {
  return Buffer.from(publicId, 'base64url').subarray(0, ID_BYTES).toString('hex');
}
