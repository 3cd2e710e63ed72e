/**
 * A process that submits as many strangers, at a steady rate, whatever the responses.
 * `node flooder.ts URL SECONDS RATE STRANGERS` prints one JSON line after all responses.
 */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** The result of a flood. */
export interface Flood {
  /** Number of responses by status; `failed` for broken connections. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Pages of the accepted jobs. */
  readonly accepted: readonly string[];
  /** Bytes of all response bodies. */
  readonly bytes: number;
  /** Response times in milliseconds. */
  readonly waitsMs: readonly number[];
}

const QUERY = 'all:no-results flood';
const TICK_MS = 5;

const [url = '', seconds = '', rate = '', strangers = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 512 });
const statuses: Record<string, number> = {};
const accepted: string[] = [];
const waitsMs: number[] = [];
let bytes = 0;

const nonces = await Promise.all(Array.from({ length: Number(strangers) }, nonceOfForm));
const total = Number(seconds) * Number(rate);
const open = new Set<Promise<void>>();
const startedMs = performance.now();
for (let sent = 0; sent < total;) {
  const due = Math.min(total, ((performance.now() - startedMs) / 1000) * Number(rate));
  for (; sent < due; sent += 1) {
    const call: Promise<void> = submit(sent).finally(() => open.delete(call));
    open.add(call);
  }
  await sleep(TICK_MS);
}
await Promise.all(open);
agent.destroy();
process.stdout.write(`${JSON.stringify({ statuses, accepted, bytes, waitsMs } satisfies Flood)}\n`);

async function nonceOfForm(): Promise<string> {
  const form = await (await fetch(url)).text();
  return /name="nonce"[^>]*value="([^"]+)"/.exec(form)?.[1] ?? '';
}

/** Submits in turn a form without a nonce, a form with a used nonce, and JSON with a key. */
function submit(index: number): Promise<void> {
  const stranger = index % Number(strangers);
  const fields = {
    query: `${QUERY} ${index}`,
    count: '5',
    email: `stranger${stranger}@flood${stranger}.example`,
    engines: 'commons',
  };
  const headers = { 'X-Forwarded-For': addressOf(stranger) };
  if (index % 3 === 2)
    return post(JSON.stringify({ ...fields, count: 5, engines: ['commons'] }), {
      ...headers,
      'Content-Type': 'application/json',
      'Idempotency-Key': `key ${index}`,
    });
  const nonce = index % 3 === 0 ? {} : { nonce: nonces[stranger] ?? '' };
  const body = new URLSearchParams({ ...fields, ...nonce }).toString();
  return post(body, { ...headers, 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' });
}

function addressOf(stranger: number): string {
  return `198.51.100.${stranger + 1}`;
}

function post(body: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const sentMs = performance.now();
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = (status: string): void => {
    statuses[status] = (statuses[status] ?? 0) + 1;
    waitsMs.push(performance.now() - sentMs);
    resolve();
  };
  const call = request(`${url}/jobs`, { method: 'POST', headers, agent }, (answer) => {
    const { location } = answer.headers;
    if (location !== undefined) accepted.push(location);
    answer.on('data', (piece: Buffer) => (bytes += piece.length));
    answer.on('end', () => done(String(answer.statusCode)));
    answer.on('error', () => done('failed'));
  });
  call.on('error', () => done('failed'));
  call.end(body);
  return promise;
}
