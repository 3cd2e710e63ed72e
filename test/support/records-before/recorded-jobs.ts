import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import type { PublicJob } from '../../../src/presenting/public-job.ts';
import type { Service } from '../service/service.ts';
import {
  actOnJob,
  askForJob,
  hasEnded,
  type JobFields,
  submitJob,
  untilJob,
} from '../service/service-jobs.ts';
import { until } from '../until.ts';
import { AHEAD_KEY, NEVER_MAILED, type Recording } from './recording.ts';

/** All raw fields of a submission, filters and options of the zip included. */
export interface AskedFields extends JobFields {
  readonly [name: string]: unknown;
}

const DAY_MS = 86_400_000;
const DUE_IN_MS = 150_000;
const SHORT: AskedFields = {
  query: 'short results:6 web:forbidden',
  count: 5,
  email: '',
  engines: ['commons'],
  minWidth: 10,
};
const CONVERTED: AskedFields = {
  query: 'converted',
  count: 2,
  email: 'converted@example.org',
  convert: 'webp',
  longestSide: 64,
  stripMetadata: true,
  namePattern: '{number}-{title}-{engine}',
};
const EXTENDED: AskedFields = { query: 'Ёжик в тумане', count: 2, email: '', engines: ['openverse'] };
const FAILED: AskedFields = {
  query: 'failed commons:captcha',
  count: 3,
  email: 'failed@example.org',
  engines: ['commons'],
};
const RUNNING: AskedFields = {
  query: 'running',
  count: 8,
  email: 'running@example.org',
  engines: ['openverse'],
};

/** Fields of the job `ahead`, with every kind of value. @param dueAt RFC 3339 in UTC */
export function aheadFields(dueAt: string): AskedFields {
  return {
    ...scheduledFor(dueAt),
    query: 'far ahead',
    count: 4,
    email: 'ahead@example.org',
    engines: ['openverse', 'commons'],
    licence: 'commercial',
    exactSize: '1024x768',
    withoutSites: 'example.com',
    longestSide: 640,
    namePattern: '{number}-{title}',
  };
}

/**
 * Has a service make one job of every kind, and kills it while it runs one of them and before another is due.
 * Only the jobs with an address are told, so that the recording has few mails.
 */
export async function recordJobs(
  service: Service,
): Promise<Pick<Recording, 'recordedAt' | 'jobs' | 'retryToken' | 'neverMailToken'>> {
  const ended = async (fields: AskedFields): Promise<PublicJob> =>
    untilJob(service, (await submitJob(service, fields)).id, hasEnded);
  const again = async ({ id }: PublicJob): Promise<PublicJob> => must((await askForJob(service, id)).job);

  const short = await ended(SHORT);
  const converted = await ended(CONVERTED);
  const extended = await ended(EXTENDED);
  await actOnJob(service, extended.id, 'extend');
  const failed = await ended(FAILED);
  const retryToken = await tokenInMail(service, failed, 'error', /\/again\/([\w-]+)/);
  const neverMailToken = await refuseMail(service);
  const aheadAt = new Date(Date.now() + 200 * DAY_MS).toISOString();
  const ahead = await submitJob(service, aheadFields(aheadAt), { 'Idempotency-Key': AHEAD_KEY });
  const cancelled = await submitJob(service, {
    ...RUNNING,
    ...scheduledFor(aheadAt),
    query: 'cancelled',
    email: '',
  });
  await actOnJob(service, cancelled.id, 'cancel');
  const dueAt = new Date(Date.now() + DUE_IN_MS).toISOString();
  const due = await submitJob(service, {
    ...scheduledFor(dueAt),
    query: 'due',
    count: 2,
    email: NEVER_MAILED,
    engines: ['openverse'],
  });
  const { id } = await submitJob(service, RUNNING);
  const running = await untilJob(service, id, ({ progress }) => progress.kept >= 2);
  const jobs = {
    ahead,
    due,
    running,
    short,
    converted,
    extended: await again(extended),
    failed,
    cancelled: await again(cancelled),
  };
  await service.kill('group');
  return { recordedAt: Date.now(), jobs, retryToken, neverMailToken };
}

/** Refuses mail by the link in the first mail to the address. @returns the token of that link */
async function refuseMail(service: Service): Promise<string> {
  const fields = { ...FAILED, email: NEVER_MAILED };
  const job = await untilJob(service, (await submitJob(service, fields)).id, hasEnded);
  const token = await tokenInMail(service, job, 'error', /\/never-mail\/([\w-]+)/);
  await fetch(`${service.url}/never-mail/${token}`, { method: 'POST' });
  await actOnJob(service, job.id, 'delete');
  await until('the job is deleted', async () => (await askForJob(service, job.id)).status === 410);
  return token;
}

/** Waits for a mail about a job and finds a token in it. */
async function tokenInMail(service: Service, job: PublicJob, slot: string, link: RegExp): Promise<string> {
  const folder = join(service.dataDir, 'mail');
  const recordId = Buffer.from(job.id, 'base64url').subarray(0, 16).toString('hex');
  const file = await until('the mail is kept', () =>
    readdirSync(folder).find((name) => name.startsWith(`${recordId}.${slot}.`) && name.endsWith('.eml')),
  );
  const { text = '' } = await PostalMime.parse(readFileSync(join(folder, file)));
  return must(link.exec(text.replaceAll(/=\n/g, ''))?.[1]);
}

function scheduledFor(rfc3339: string): { date: string; time: string; timeZone: string } {
  return { date: rfc3339.slice(0, 10), time: rfc3339.slice(11, 16), timeZone: 'UTC' };
}

function must<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the service lacks what is to be recorded');
  return value;
}
