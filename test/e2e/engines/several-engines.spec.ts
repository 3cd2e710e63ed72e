import { ENGINE_NAMES } from '../../../src/engines/engines.ts';
import { startReplica, type Replica } from '../../replica/replica.ts';
import { Service } from '../../support/service/service.ts';
import {
  askForJob,
  hasEnded,
  type JobFields,
  submitJob,
  untilJob,
} from '../../support/service/service-jobs.ts';
import { until } from '../../support/until.ts';
import type { PublicJob } from '../../../src/presenting/public-job.ts';

const EMAIL = 'ana@example.org';

describe('a service that asks several engines', () => {
  let replica: Replica;
  let service: Service;

  beforeAll(async () => {
    replica = await startReplica({
      web: 'clean',
      ceiling: 60,
      pageSize: 25,
      imageBytes: [3000, 12_000],
      latencyMs: [5, 40],
      searchLatencyMs: [5, 20],
    });
    service = await Service.start({
      settings: {
        // The default for operators who set nothing.
        ENGINES: null,
        ...replica.settings,
        CANARY_INTERVAL: '1s',
        CANARY_QUERY: 'cat openverse:changed-layout',
      },
    });
  }, 180_000);
  afterAll(async () => {
    await service?.remove();
    await replica?.close();
  });

  const run = async (fields: Omit<JobFields, 'email'>): Promise<PublicJob> => {
    const { id } = await submitJob(service, { ...fields, email: EMAIL });
    return untilJob(service, id, hasEnded);
  };
  /** Number of requests for `words`, by engine. */
  const asked = (words: string): Record<string, number> =>
    Object.fromEntries(
      ENGINE_NAMES.map((name) => {
        const { port } = new URL(replica[`${name}Url`]);
        const requests = replica.requests.filter(
          (request) => new URL(request.url).port === port && decodeURIComponent(request.url).includes(words),
        );
        return [name, requests.length];
      }),
    );

  it('delivers everything although one engine blocks midway and others cannot be read', async () => {
    const query = 'heron scenario:block-midway bing:changed-layout duckduckgo:captcha';
    const job = await run({ query, count: 70 });
    expect(job).toMatchObject({ state: 'ready', delivered: 70, shortfall: [] });
  }, 180_000);

  it('does not ask the engines that refused in the next job', async () => {
    const job = await run({ query: 'otter', count: 10 });
    expect(job).toMatchObject({ state: 'ready', delivered: 10 });
    expect(asked('otter')).toMatchObject({ google: 0, bing: 0, duckduckgo: 0 });
  }, 180_000);

  it('names on /readyz and in the metrics the engine that the canary could not read', async () => {
    const ready = await until('the canary has looked', async () => {
      const answer = await fetch(`${service.url}/readyz`);
      const report = (await answer.json()) as { readonly status: string };
      return report.status !== 'ok' && { status: answer.status, report };
    });
    expect(ready).toMatchObject({
      status: 200,
      report: {
        status: 'degraded',
        details: { openverse: { status: 'degraded' }, commons: { status: 'up' }, store: { status: 'up' } },
      },
    });
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toMatch(
      /image_job_canary_failures_total\{engine="openverse",cause="source\.layout_changed"\} 1/,
    );
  }, 180_000);

  it('names the avoided engine if there is no other', async () => {
    const { id } = await submitJob(service, { query: 'lynx', count: 3, email: EMAIL, engines: ['google'] });
    await untilJob(service, id, hasEnded);
    expect((await askForJob(service, id)).job).toMatchObject({
      state: 'failed',
      cause: { code: 'source.left_alone' },
    });
  }, 180_000);
});
