import type { Job } from '../../../src/jobs/job.js';
import { PATIENCE_MS } from '../../support/patience.js';
import { WebApp } from '../../support/web-app.js';
import { WebJobs } from '../../support/web-jobs.js';

interface Received {
  readonly event: string;
  readonly id: string | null;
  readonly data: Record<string, unknown>;
}

/** Reads events until the stream ends or `enough` says so. */
async function read(response: Response, enough: (events: readonly Received[]) => boolean = () => false) {
  const events: Received[] = [];
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    events.push(...blocks.filter((block) => block.startsWith('event:')).map(parse));
    if (enough(events)) break;
  }
  return events;
}

function parse(block: string): Received {
  const line = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? null;
  return { event: line('event') ?? '', id: line('id'), data: JSON.parse(line('data') ?? '{}') };
}

const count = (events: readonly Received[], event: string) =>
  events.filter((one) => one.event === event).length;

describe('the live stream of a job', () => {
  let web: WebApp;
  let jobs: WebJobs;
  beforeAll(async () => {
    web = await WebApp.start();
    jobs = new WebJobs(web);
  });
  afterAll(() => web.stop());

  const open = (job: Job, headers: Record<string, string> = {}) =>
    web.fetch(`/jobs/${web.tokens.publicId(job.id)}/events`, {
      headers,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });

  it('begins with every image, the progress and the state, and follows to the end', async () => {
    const job = await jobs.running({ kept: 3 });
    const response = await open(job);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const reading = read(response);
    await jobs.keep(job, 6);
    await web.store.cancel(job.id, web.clock.now(), web.clock.now() + 1000);
    const events = await reading;
    expect(events.slice(0, 5).map(({ event }) => event)).toEqual([
      'image',
      'image',
      'image',
      'progress',
      'state',
    ]);
    expect(count(events, 'image')).toBe(6);
    expect(events.at(-1)).toMatchObject({ event: 'state', data: { state: 'cancelled' } });
    expect(events.at(-1)?.id).toBe(String((await web.store.get(job.id))?.version));
  });

  it('goes on after the last event a follower has seen, without repeating images', async () => {
    const job = await jobs.running({ kept: 2 });
    const seen = await read(await open(job), (events) => count(events, 'state') === 1);
    await jobs.keep(job, 5);
    const lastId = seen.at(-1)?.id ?? '';
    const rest = await read(
      await open(job, { 'last-event-id': lastId }),
      (events) => count(events, 'state') === 1,
    );
    expect(count(rest, 'image')).toBe(3);
    expect(rest.find(({ event }) => event === 'progress')?.data).toMatchObject({ progress: { kept: 5 } });
  });

  it('tells a follower who has seen the end not to come back', async () => {
    const job = await jobs.failed();
    const events = await read(await open(job));
    expect(events.at(-1)).toMatchObject({ event: 'state', data: { state: 'failed' } });
    expect((await open(job, { 'last-event-id': events.at(-1)?.id ?? '' })).status).toBe(204);
  });

  it('ends when the job is deleted under the follower', async () => {
    const job = await jobs.running();
    const reading = read(await open(job));
    await web.store.delete(job.id);
    expect((await reading).at(-1)?.event).toBe('state');
    expect((await open(job)).status).toBe(410);
  });

  it('answers HEAD at once', async () => {
    const job = await jobs.running();
    const response = await web.fetch(`/jobs/${web.tokens.publicId(job.id)}/events`, { method: 'HEAD' });
    expect(response.status).toBe(200);
  });
});
