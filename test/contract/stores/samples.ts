import { randomBytes } from 'node:crypto';
import type { Instant } from '../../../src/jobs/clock.port.js';
import type { ImageOutcome, ImageRecord, KeptFile } from '../../../src/jobs/image-record.js';
import type { Job, JobId, JobRequest, NewJob, Outcome, Recipient } from '../../../src/jobs/job.js';
import type { JobStore } from '../../../src/jobs/job-store.port.js';

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The instant at which the suite was loaded, since stores with real expiry need real instants. */
export const NOW: Instant = Date.now();

export const ANN: Recipient = { channel: 'email', address: 'ann@example.org' };
export const BOB: Recipient = { channel: 'slack', address: 'T1/C2/U3' };

export const newId = (): JobId => randomBytes(16).toString('hex');

/** A new job, due now and for two recipients unless given otherwise. */
export function aNewJob(request: Partial<JobRequest> = {}, id: JobId = newId()): NewJob {
  const whole: JobRequest = {
    query: 'red panda',
    count: 5,
    dueAt: NOW,
    startsNow: false,
    timeZone: 'Europe/Vienna',
    filters: { size: 'large' },
    engines: ['google'],
    recipients: [ANN, BOB],
    ...request,
  };
  return { id, door: 'web', request: whole, submittedAt: NOW, purgeAt: whole.dueAt + 32 * DAY_MS };
}

export function ready(job: Pick<Job, 'id' | 'epoch'>, at = NOW + 5000): Extract<Outcome, { state: 'ready' }> {
  return {
    state: 'ready',
    at,
    archive: { name: `${job.id}/${job.epoch}.zip`, bytes: 123_456_789_012, sha256: 'ab'.repeat(32) },
    delivered: 4,
    shortfall: [{ reason: 'timeout', count: 1 }],
    expiresAt: at + DAY_MS,
  };
}

export function failed(at = NOW + 5000): Extract<Outcome, { state: 'failed' }> {
  return {
    state: 'failed',
    at,
    cause: { code: 'source.blocked', context: { engine: 'google', status: 429, captcha: true } },
    shortfall: [{ reason: 'search_exhausted', count: 5 }],
    expiresAt: at + DAY_MS,
  };
}

export function handedBack(dueAt: Instant, attemptSpent: boolean): Outcome {
  return { state: 'scheduled', at: dueAt - 1000, dueAt, attemptSpent };
}

export function anImage(position: number, outcome: ImageOutcome = { status: 'found' }): ImageRecord {
  return {
    urlHash: position.toString(16).padStart(32, '0'),
    position,
    candidate: {
      engine: 'google',
      rank: position + 1,
      sourceId: `doc${position}`,
      imageUrl: `https://img.example/${position}.jpg?q=${'x'.repeat(200)}`,
      previewUrl: null,
      pageUrl: `https://page.example/${position}`,
      title: `Каталог «Панда» 🐼 ${position}`,
      site: null,
      claimed: { width: 800, height: 600 },
      licence: null,
    },
    outcome,
  };
}

export const KEPT_FILE: KeptFile = {
  sha256: 'cd'.repeat(32),
  format: 'webp',
  width: 800,
  height: 600,
  bytes: 54_321,
  fingerprint: 'f'.repeat(16),
};

export const KEPT: ImageOutcome = { status: 'kept', file: KEPT_FILE };

/** Submits a job. */
export async function submitted(store: JobStore, request: Partial<JobRequest> = {}): Promise<Job> {
  return (await store.submit(aNewJob(request))).job;
}

/** Submits a job and begins it once. */
export async function running(store: JobStore, request: Partial<JobRequest> = {}): Promise<Job> {
  const { id } = await submitted(store, request);
  return present(await store.begin(id, 0, NOW + 1000));
}

/** @returns the value, which must not be null */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('expected a value');
  return value;
}
