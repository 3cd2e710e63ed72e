import { setTimeout as sleep } from 'node:timers/promises';
import { FaultWorld } from '../support/service/fault-world.ts';
import { head, RawClient } from '../support/network/raw-client.ts';
import { INSPECTION, inspect } from '../support/service/inspection.ts';
import { hasEnded, submitJob, untilJob } from '../support/service/service-jobs.ts';

const CUT_WITHIN_MS = 25_000;
const POSTS = 50;
const DAY_MS = 86_400_000;
const DRIP_MS = 500;
const FORM = 'Content-Type: application/x-www-form-urlencoded';

/** How a client sends slowly. */
interface Sender {
  readonly begun: string;
  readonly drop: string;
}

describe('a service whose clients send slowly', () => {
  let world: FaultWorld;
  beforeAll(async () => {
    world = await FaultWorld.open({}, {}, { preloads: [INSPECTION] });
  }, 180_000);
  afterAll(() => world?.close());

  /** @returns milliseconds until the service closed the connection */
  async function cutAfter({ begun, drop }: Sender): Promise<number> {
    const client = (await RawClient.connect(world.service.url)).send(begun);
    const startedMs = performance.now();
    client.drip(drop, DRIP_MS);
    await Promise.race([client.closed, sleep(4 * CUT_WITHIN_MS, undefined, { ref: false })]);
    client.leave();
    return performance.now() - startedMs;
  }

  it(`cuts them within ${CUT_WITHIN_MS / 1000} s, on every route, and no other client`, async () => {
    const { service } = world;
    const { routes } = await inspect(service);
    const posts: Sender[] = Array.from({ length: POSTS }, () => ({
      begun: head('POST /jobs', FORM, 'Content-Length: 60000'),
      drop: 'a',
    }));
    const onRoutes: Sender[] = routes.map(({ method, path }) => ({
      begun: head(`${method} ${path.replaceAll(/:\w+/g, 'x')}`, 'Transfer-Encoding: chunked'),
      drop: '1\r\na\r\n',
    }));
    const heads: Sender[] = [
      { begun: '', drop: 'G' },
      { begun: 'GET / HTTP/1.1\r\nHost: x\r\n', drop: 'X: y\r\n' },
      { begun: head('POST /nowhere', 'Content-Length: 60000'), drop: 'a' },
    ];
    const date = new Date(Date.now() + 2 * DAY_MS).toISOString().slice(0, 10);
    const { id } = await submitJob(service, { ...world.newJob(3), date, time: '12:00', timeZone: 'UTC' });
    const follower = (await RawClient.connect(service.url)).send(head(`GET /jobs/${id}/events`));
    const times = await Promise.all([...posts, ...onRoutes, ...heads].map((sender) => cutAfter(sender)));
    expect(times.filter((ms) => ms > CUT_WITHIN_MS)).toEqual([]);
    expect(follower.isOpen).toBe(true);
    follower.leave();
    const quick = await submitJob(service, world.newJob(3));
    expect((await untilJob(service, quick.id, hasEnded)).state).toBe('ready');
  }, 300_000);
});
