import { jest } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Job } from '../../../src/jobs/job.js';
import { JobWatcher } from '../../../src/jobs/job-watcher.js';
import { PATIENCE_MS } from '../../support/patience.js';
import { TestClock } from '../../support/test-clock.js';
import { until } from '../../support/until.js';
import { WebApp } from '../../support/web/web-app.js';
import { WebJobs } from '../../support/web/web-jobs.js';

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
    web = await WebApp.start({}, new TestClock().stop());
    jobs = new WebJobs(web);
  });
  afterAll(() => web.stop());

  const open = (job: Job, headers: Record<string, string> = {}) =>
    web.fetch(`/jobs/${web.tokens.publicId(job.id)}/events`, {
      headers,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });

  it('starts with every image, the progress and the state, and continues to the end', async () => {
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

  it('continues after the last event that a follower has seen, without repeating images', async () => {
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

  it('tells a follower who has seen the end not to reconnect', async () => {
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

  it('sends a new due time even if the state is the same', async () => {
    const job = await jobs.scheduled();
    const response = await open(job);
    const later = web.clock.now() + 5000;
    const reading = read(response, (events) => count(events, 'state') === 2);
    const begun = await web.store.begin(job.id, job.epoch, web.clock.now());
    await web.store.finish(job.id, begun?.epoch ?? 0, {
      state: 'scheduled',
      at: web.clock.now(),
      dueAt: later,
      attemptSpent: true,
    });
    const dueAt = new Date(later).toISOString();
    expect((await reading).at(-1)).toMatchObject({ event: 'state', data: { state: 'scheduled', dueAt } });
  });

  describe('that is brief', () => {
    const openBrief = (job: Job, after = -1) =>
      web.fetch(`/jobs/${web.tokens.publicId(job.id)}/events?from=${after}&brief`);
    const textOf = async (response: Response) => (await response.text()).split('\n')[0];

    it('ends after the changes so far', async () => {
      const job = await jobs.running({ kept: 3 });
      const events = await read(await openBrief(job));
      expect(events.map(({ event }) => event)).toEqual(['image', 'image', 'image', 'progress', 'state']);
      expect(await read(await openBrief(job, Number(events.at(-1)?.id)))).toEqual([]);
    });

    it.each([
      ['is due in a second', 1000, 2000],
      ['is due in ten seconds', 10_000, 10_000],
      ['lies a year ahead', 31_536_000_000, 30_000],
    ])('says when to look again at a job that %s', async (_what, inMs, retryMs) => {
      expect(await textOf(await openBrief(await jobs.scheduled({ inMs })))).toBe(`retry: ${retryMs}`);
    });

    it('asks to look again soon at a running job, and never at a job whose end was seen', async () => {
      const job = await jobs.running();
      expect(await textOf(await openBrief(job))).toBe('retry: 2000');
      const ended = await web.store.cancel(job.id, web.clock.now(), web.clock.now() + 1000);
      expect((await read(await openBrief(job, job.version))).at(-1)?.data).toMatchObject({
        state: 'cancelled',
      });
      expect((await openBrief(job, ended?.version)).status).toBe(204);
    });
  });

  describe('whose follower leaves', () => {
    const clients: Socket[] = [];
    /** Jobs read from the records. */
    const looks: string[] = [];
    /** Jobs that are no longer watched. */
    const left = new Set<string>();
    /** Reads of some jobs wait for this promise. */
    let isHeld: (id: string) => Promise<void> | undefined;
    beforeEach(() => {
      looks.length = 0;
      isHeld = () => undefined;
      const get = web.store.get.bind(web.store);
      jest.spyOn(web.store, 'get').mockImplementation(async (id) => {
        looks.push(id);
        const found = await get(id);
        await isHeld(id);
        return found;
      });
      const watcher = web.app.get(JobWatcher);
      const watch = watcher.watch.bind(watcher);
      jest.spyOn(watcher, 'watch').mockImplementation(async function* noted(id, signal) {
        try {
          yield* watch(id, signal);
        } finally {
          left.add(id);
        }
      });
    });
    afterEach(() => {
      jest.restoreAllMocks();
      for (const client of clients.splice(0)) client.destroy();
    });

    /** A job that has not been read yet. */
    async function unseenJob(): Promise<Job> {
      const job = await jobs.running({ kept: 0 });
      looks.length = 0;
      return job;
    }

    const asked = (...wanted: readonly Job[]): Socket => {
      const { hostname, port } = new URL(web.url);
      const client = connect(Number(port), hostname);
      clients.push(client);
      const paths = wanted.map(({ id }) => `/jobs/${web.tokens.publicId(id)}/events`);
      client.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''));
      return client;
    };

    /** By the third look at another job, every other poll has come round too. */
    async function isWatched({ id }: Job): Promise<boolean> {
      const other = await jobs.running({ kept: 0 });
      const rounds = () => looks.filter((one) => one === other.id).length;
      const client = asked(other);
      await until('the other job is watched', () => rounds() >= 3);
      looks.length = 0;
      await until('the polls come round', () => rounds() >= 3);
      client.destroy();
      return looks.includes(id);
    }

    it('is no longer watched', async () => {
      const job = await unseenJob();
      const client = asked(job);
      await once(client, 'data');
      expect(await isWatched(job)).toBe(true);
      client.destroy();
      expect(await isWatched(job)).toBe(false);
    });

    it('is released if the follower left before the first answer', async () => {
      const job = await unseenJob();
      const held = Promise.withResolvers<void>();
      isHeld = (id) => (id === job.id ? held.promise : undefined);
      const client = asked(job);
      await until('it is asked for', () => looks.includes(job.id));
      client.destroy();
      await once(client, 'close');
      // The server learns it later than the client; an answer to somebody else comes after that.
      await web.fetch('/healthz');
      held.resolve();
      await until('it is let go', () => left.has(job.id));
      expect(await isWatched(job)).toBe(false);
    });

    it('is released if its stream waited behind another', async () => {
      const [first, second] = [await unseenJob(), await unseenJob()];
      const client = asked(first, second);
      await until('both are watched', () => [first, second].every(({ id }) => looks.includes(id)));
      await once(client, 'data');
      expect([left.has(first.id), left.has(second.id)]).toEqual([false, false]);
      client.destroy();
      await until('both are let go', () => left.has(first.id) && left.has(second.id));
    });

    it('is released if the follower read nothing', async () => {
      const job = await unseenJob();
      const client = asked(job);
      client.pause();
      await until('it is asked for', () => looks.includes(job.id));
      expect(left.has(job.id)).toBe(false);
      client.resetAndDestroy();
      await until('it is let go', () => left.has(job.id));
    });
  });

  it('answers HEAD at once', async () => {
    const job = await jobs.running();
    const response = await web.fetch(`/jobs/${web.tokens.publicId(job.id)}/events`, { method: 'HEAD' });
    expect(response.status).toBe(200);
  });
});
