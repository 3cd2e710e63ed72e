import { FaultWorld } from '../support/service/fault-world.ts';
import { hasEnded, recordIdOf, submitJob, untilJob } from '../support/service/service-jobs.ts';
import { readRecords } from '../support/service/service-records.ts';
import type { PublicJob } from '../../src/presenting/public-job.ts';

const COUNT = 12;

describe('a chain of three jobs', () => {
  let world: FaultWorld;
  beforeAll(async () => {
    // Engines without a browser; a web with copies of its pictures.
    const web = { ceiling: 80, web: 'mixed' } as const;
    world = await FaultWorld.open({ ENGINES: 'openverse,commons' }, web);
  }, 180_000);
  afterAll(() => world.close());

  const goOn = async (url: string): Promise<PublicJob> => {
    const answer = await fetch(url, { method: 'POST', headers: { Accept: 'application/json' } });
    expect(answer.status).toBe(200);
    const { id } = (await answer.json()) as PublicJob;
    return untilJob(world.service, id, hasEnded);
  };
  const keptOf = ({ id }: PublicJob) =>
    readRecords(world.service.dataDir, (records) =>
      records.images(recordIdOf(id)).filter(({ status }) => status === 'kept'),
    );

  it('delivers no picture twice', async () => {
    const { service } = world;
    const first = await submitJob(service, world.newJob(COUNT));
    const chain = [await untilJob(service, first.id, hasEnded)];
    for (let links = 1; links < 3; links += 1) chain.push(await goOn(chain.at(-1)?.links.next ?? ''));
    expect(chain.map(({ state, delivered }) => [state, delivered])).toEqual(
      chain.map(() => ['ready', COUNT]),
    );
    const kept = chain.flatMap(keptOf);
    expect(new Set(kept.map(({ url }) => url)).size).toBe(3 * COUNT);
    expect(new Set(kept.map(({ sha256 }) => sha256)).size).toBe(3 * COUNT);
  }, 180_000);
});
