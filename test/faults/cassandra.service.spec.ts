import type { Client } from 'cassandra-driver';
import { inspect, rowsOf } from '../contract/stores/cassandra-harness.ts';
import { type CassandraServer, startCassandra } from '../support/cassandra/cassandra-server.ts';
import type { PublicJob } from '../../src/presenting/public-job.ts';
import { FaultWorld } from '../support/service/fault-world.ts';
import { Service } from '../support/service/service.ts';
import { askForJob, hasEnded, recordIdOf, submitJob, untilJob } from '../support/service/service-jobs.ts';
import { until } from '../support/until.ts';

const KEYSPACE = 'service';
const JOB_MS = 90_000;
const LINK_TTL_MS = 15_000;

describe('the whole service on Cassandra', () => {
  let server: CassandraServer;
  let world: FaultWorld;
  let inspector: Client;
  beforeAll(async () => {
    server = await startCassandra();
    world = await FaultWorld.open(
      {
        STORE: 'cassandra',
        CASSANDRA_CONTACT_POINTS: server.contactPoints.join(','),
        CASSANDRA_KEYSPACE: KEYSPACE,
        LINK_TTL: `${LINK_TTL_MS}ms`,
        JOB_CONCURRENCY: '1',
      },
      { latencyMs: [40, 120] },
    );
    inspector = inspect(server, KEYSPACE);
  }, 300_000);
  afterAll(async () => {
    await inspector.shutdown();
    await world.close();
    await server.stop();
  }, 60_000);

  const slotsOf = (email: string): string[] => world.mail.of(email).map(({ slot }) => slot);

  async function endsOnce(publicId: string, email: string): Promise<void> {
    const job = await untilJob(world.service, publicId, hasEnded, JOB_MS);
    expect(job).toMatchObject({ state: 'ready', delivered: job.count });
    await until('the end is told', () => slotsOf(email).includes('end'));
    expect(slotsOf(email)).toEqual(['start', 'end']);
  }

  it('runs a job from submission to expiry and deletes all its rows', async () => {
    const fields = world.newJob(5);
    const { id } = await submitJob(world.service, fields);
    await endsOnce(id, fields.email);
    const link = (await askForJob(world.service, id)).job?.download?.url ?? '';
    expect((await fetch(link)).status).toBe(200);
    await until('the link has expired', async () => (await fetch(link)).status === 410, 60_000, 500);
    await until('no row is left', async () => (await rowsOf(inspector, recordIdOf(id))) === 0, 60_000, 500);
    expect((await askForJob(world.service, id)).status).toBe(410);
  }, 200_000);

  it('ends a job once if the service is killed while running it', async () => {
    const fields = world.newJob(30);
    const { id } = await submitJob(world.service, fields);
    await untilJob(world.service, id, ({ progress }) => progress.kept >= 5);
    await world.service.kill('group');
    const startedMs = performance.now();
    await world.service.startAgain();
    expect(performance.now() - startedMs).toBeLessThan(25_000);
    await endsOnce(id, fields.email);
  }, 200_000);

  it('allows no second worker', async () => {
    const second = await Service.prepare({ settings: world.service.settings });
    try {
      second.launch();
      expect(await second.ended).toEqual({ code: 1, signal: null });
      expect(second.output).toContain(String(world.service.pid));
    } finally {
      await second.remove();
    }
  }, 60_000);

  it('publishes nothing from a worker that froze until its lease expired', async () => {
    const { service, mail } = world;
    const fields = world.newJob(40);
    const { id } = await submitJob(service, fields);
    await untilJob(service, id, ({ progress }) => progress.kept >= 5);
    await until('the start is told', () => slotsOf(fields.email).includes('start'));
    service.signal('SIGSTOP');
    const second = await Service.prepare({
      settings: { ...service.settings, LINK_TTL: '10m' },
      dataDir: service.dataDir,
    });
    let left: PublicJob;
    try {
      await second.startAgain();
      left = await untilJob(second, id, hasEnded, JOB_MS);
      expect(left).toMatchObject({ state: 'ready', delivered: 40 });
      await until('the end is told', () => slotsOf(fields.email).includes('end'));
      service.signal('SIGCONT');
      await until('it notices', () => service.log.some((line) => line.includes('another process runs')));
    } finally {
      await second.remove();
    }
    // The worker runs one job at a time, so its old run has ended once it has run another job.
    const next = world.newJob(3);
    await endsOnce((await submitJob(service, next)).id, next.email);
    const { job } = await askForJob(service, id);
    expect(job).toMatchObject({ state: 'ready', delivered: 40 });
    expect(job?.download?.sha256).toBe(left.download?.sha256);
    const zip = await fetch(service.url + new URL(left.download?.url ?? '').pathname);
    expect((await zip.arrayBuffer()).byteLength).toBe(left.download?.bytes);
    expect(mail.of(fields.email).map(({ slot }) => slot)).toEqual(['start', 'end']);
  }, 300_000);

  it('answers 503 while Cassandra is down, and ends a running job once afterwards', async () => {
    const fields = world.newJob(40);
    const { id } = await submitJob(world.service, fields);
    await untilJob(world.service, id, ({ progress }) => progress.kept >= 5);
    const [node] = server.nodes;
    await node?.kill();
    const refused = await fetch(`${world.service.url}/jobs`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(world.newJob(3)),
    });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await node?.start();
    const backMs = performance.now();
    const answers = async (): Promise<boolean> => (await askForJob(world.service, id)).status === 200;
    await until('the job is shown again', answers, 20_000, 100);
    expect(performance.now() - backMs).toBeLessThan(10_000);
    expect(world.service.isRunning).toBe(true);
    await endsOnce(id, fields.email);
  }, 300_000);
});
