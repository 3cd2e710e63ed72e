import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from '../../support/service/service.ts';

/** Actions of other people while strangers flood the service. */
export const OTHERS = ['form', 'job page', 'events', 'submission'] as const;
export type Other = (typeof OTHERS)[number];

/** Response times in milliseconds. */
export type Waits = ReadonlyMap<Other, readonly number[]>;

const PAUSE_MS = 100;
const A_DAY_AHEAD_MS = 86_400_000;

/** Repeats each action of other people until `signal` aborts. */
export async function othersMeanwhile(service: Service, signal: AbortSignal): Promise<Waits> {
  const page = await submit(service, 0);
  let submitted = 0;
  const does: Readonly<Record<Other, () => Promise<unknown>>> = {
    form: async () => (await fetch(service.url)).text(),
    'job page': async () => (await fetch(page, { headers: { Accept: 'text/html' } })).text(),
    events: () => firstEvent(`${page}/events`),
    submission: () => submit(service, (submitted += 1)),
  };
  const waits = OTHERS.map(async (other) => [other, await again(does[other], signal)] as const);
  return new Map(await Promise.all(waits));
}

async function again(act: () => Promise<unknown>, signal: AbortSignal): Promise<number[]> {
  const waitsMs: number[] = [];
  while (!signal.aborted) {
    const askedMs = performance.now();
    await act();
    waitsMs.push(performance.now() - askedMs);
    await sleep(PAUSE_MS);
  }
  return waitsMs;
}

/** Submits a job for tomorrow, as a new client. @returns the job's page */
async function submit(service: Service, index: number): Promise<string> {
  const when = new Date(Date.now() + A_DAY_AHEAD_MS).toISOString();
  const body = { query: 'owl', count: 5, date: when.slice(0, 10), time: when.slice(11, 16), timeZone: 'UTC' };
  const client = `203.0.${113 + Math.floor(index / 250)}.${1 + (index % 250)}`;
  const response = await fetch(`${service.url}/jobs`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': client },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (response.status !== 201) throw new Error(`somebody else is not served: ${response.status} ${text}`);
  return new URL(response.headers.get('location') ?? '', service.url).href;
}

async function firstEvent(url: string): Promise<void> {
  const leave = new AbortController();
  const response = await fetch(url, { headers: { Accept: 'text/event-stream' }, signal: leave.signal });
  await response.body?.getReader().read();
  leave.abort();
}
