import { setTimeout as sleep } from 'node:timers/promises';
import { IS_LONG } from '../support/service/fault-length.ts';
import { FaultWorld } from '../support/service/fault-world.ts';
import { head, RawClient } from '../support/network/raw-client.ts';
import { handlesOf, INSPECTION, inspect, type Route } from '../support/service/inspection.ts';
import { hasEnded, submitJob, untilJob } from '../support/service/service-jobs.ts';
import { readRecords } from '../support/service/service-records.ts';
import { fillingsOf, pathsOf } from '../support/site-paths.ts';
import { signedHeaders, SIGNING_SECRET, slashCommand } from '../support/chat/slack-requests.ts';
import { SlackServer } from '../support/chat/slack-server.ts';
import { until } from '../support/until.ts';

const LATEST_MS = 6;
const ROUNDS = IS_LONG ? 20 : 1;
/** Paths tried per route in one round. */
const FILLINGS = 3;
const AT_ONCE = 20;
const DAY_MS = 86_400_000;
/** Far above what a service needs after some rounds, far below a leak of 64 kB per reader. */
const MOST_GROWTH_BYTES = 16e6;
const FORM = new URLSearchParams({ query: 'panda', count: '1', email: 'person@example.org' }).toString();
const COMMAND = new URLSearchParams(slashCommand('list')).toString();

/** One request whose client leaves early. */
interface Cut {
  readonly method: string;
  readonly path: string;
  readonly afterMs: number;
  /** Whether the connection is reset, as when a program is killed. */
  readonly isReset: boolean;
  readonly body: string;
  /** Length of the sent part of the body. */
  readonly sentBytes: number;
}

describe('clients that disconnect at once, on every route, while jobs run', () => {
  let slack: SlackServer;
  let world: FaultWorld;
  let asked = 0;
  beforeAll(async () => {
    slack = await new SlackServer().start();
    const web = { ceiling: 400, latencyMs: [100, 300] } as const;
    const settings = {
      ...slack.settings,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      // Mails are kept in a folder and shown on pages.
      SMTP_URL: null,
      CONFIRM_EMAIL: 'true',
      DOWNLOAD_CONCURRENCY: '2',
      RATE_PER_CLIENT: '20/1h',
      TRUST_PROXY: 'true',
    };
    world = await FaultWorld.open(settings, web, { preloads: [INSPECTION] });
  }, 180_000);
  afterAll(async () => {
    await world?.close();
    await slack.stop();
  });

  const pageOf = (id: string) => `/jobs/${id}`;
  /** Submits a job as a new client, which no limit has counted yet. */
  async function jobOf(count: number, when: object = {}): Promise<string> {
    const fields = { ...world.newJob(count), ...when };
    const { id } = await submitJob(world.service, fields, {
      'X-Forwarded-For': `198.51.100.${(asked += 1)}`,
    });
    return id;
  }

  /** Addresses of a ready job's images, for forms and programs: its pages do not link to them. */
  async function pickedBy(page: string): Promise<string[]> {
    const response = await fetch(new URL(`${page}/pick`, world.service.url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ image: [1, 3] }),
    });
    const { url } = (await response.json()) as { readonly url: string };
    return [`${page}/pick`, new URL(url).pathname, `${page}/images/1`];
  }

  /** Every route with paths found on the pages for its named parameters; without paths if none are found. */
  async function filled(routes: readonly Route[], pages: readonly string[]) {
    const found = [...(await pathsOf(world.service.url, ['/', '/mail', ...pages]))];
    // The undo button is on the page of an unsubscribed address.
    const undoing = found.filter((path) => path.startsWith('/never-mail/')).map((path) => `${path}/undo`);
    const known = [...found, ...undoing];
    return routes.map(({ method, path }) => ({
      path,
      requests: fillingsOf(path, known)
        .slice(-FILLINGS)
        .map((one) => ({ method, path: one })),
    }));
  }

  async function leave({ method, path, afterMs, isReset, body, sentBytes }: Cut): Promise<void> {
    const headers = { ...signedHeaders(body, Date.now()), 'Content-Length': body.length };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const client = await RawClient.connect(world.service.url);
    client.send(head(`${method} ${path}`, ...(body === '' ? [] : lines))).send(body.slice(0, sentBytes));
    await sleep(afterMs);
    client.leave(isReset);
    await client.closed;
  }

  async function cutAll(requests: readonly Route[]): Promise<void> {
    const cuts = requests.flatMap((request) => cutsOf(request));
    const leaving = cuts.values();
    const leaveEach = async (): Promise<void> => {
      for (const cut of leaving) await leave(cut);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, leaveEach));
  }

  it('leave process, number of handles and memory unchanged', async () => {
    const { service } = world;
    const ready = await jobOf(3);
    const { download } = await untilJob(service, ready, hasEnded);
    const ahead = {
      date: new Date(Date.now() + DAY_MS).toISOString().slice(0, 10),
      time: '12:00',
      timeZone: 'UTC',
    };
    const scheduled = await jobOf(3, ahead);
    const running = await jobOf(60);
    await untilJob(service, running, ({ progress }) => progress.kept > 2);
    const { routes } = await inspect(service);
    // The pages of these jobs do not have these buttons.
    const buttons = [
      ...['retry', 'retry-later'].map((name) => `${pageOf(scheduled)}/${name}`),
      ...['missing', 'choice', 'archive/images.zip'].map((name) => `${pageOf(ready)}/${name}`),
    ];
    const shared = new URL('.', download?.url).pathname.replace(/\/$/, '');
    const picked = await Promise.all([pageOf(ready), shared].map(pickedBy));
    const pages = [...[ready, scheduled, running].map(pageOf), ...buttons, ...picked.flat()];
    const all = await filled(routes, pages);
    expect(all.filter(({ requests }) => requests.length === 0).map(({ path }) => path)).toEqual([]);
    // No request may end the running job.
    const harmless = all
      .flatMap(({ requests }) => requests)
      .filter(({ method, path }) => method !== 'POST' || !path.includes(running));
    await cutAll(harmless);
    expect((await untilJob(service, running, hasEnded)).state).toBe('ready');
    await quiet();
    const { pid } = service;
    const [handles, { heapBytes }] = [await handlesOf(service), await inspect(service)];

    for (let round = 0; round < ROUNDS; round += 1) {
      const next = await jobOf(60);
      await untilJob(service, next, ({ progress }) => progress.kept > 2);
      const pagesNow = await filled(
        routes.filter(({ method }) => method === 'GET'),
        [pageOf(next)],
      );
      await cutAll([...harmless, ...pagesNow.flatMap(({ requests }) => requests)]);
      expect((await untilJob(service, next, hasEnded)).state).toBe('ready');
    }
    await quiet();
    expect([service.isRunning, service.pid]).toEqual([true, pid]);
    await until('the handles are as before', async () => (await handlesOf(service)) <= handles, 180_000, 100);
    expect((await inspect(service)).heapBytes - heapBytes).toBeLessThan(MOST_GROWTH_BYTES);
    expect(service.log.filter((line) => /"level":"error"|Warning|Exception|Unhandled/.test(line))).toEqual(
      [],
    );
  }, 3_600_000);

  /** Waits for all jobs, including those from retries and forms that got through. */
  const quiet = () =>
    until(
      'every job has ended',
      () => readRecords(world.service.dataDir, (records) => records.openBefore(Date.now() + 60_000)) === 0,
      180_000,
      100,
    );
});

function cutsOf({ method, path }: Route): Cut[] {
  const body = method === 'POST' ? (path.startsWith('/slack/') ? COMMAND : FORM) : '';
  return (method === 'GET' ? ['GET', 'HEAD'] : [method]).flatMap((one) =>
    [...new Set([0, body.length >> 1, body.length])].flatMap((sentBytes) =>
      Array.from({ length: LATEST_MS + 1 }, (_, afterMs) => ({
        method: one,
        path,
        afterMs,
        isReset: afterMs % 2 === 1,
        body,
        sentBytes,
      })),
    ),
  );
}
