import { FaultWorld } from '../support/service/fault-world.ts';
import { Service } from '../support/service/service.ts';
import { hasEnded, submitJob, untilJob } from '../support/service/service-jobs.ts';

describe('a second service on the same DATA_DIR', () => {
  let world: FaultWorld;
  beforeAll(async () => {
    world = await FaultWorld.open();
  }, 180_000);
  afterAll(() => world.close());

  it('exits with 1 and names the process that runs the jobs, while the first continues', async () => {
    const second = await Service.prepare({
      dataDir: world.service.dataDir,
      settings: world.service.settings,
    });
    try {
      second.launch();
      expect(await second.ended).toEqual({ code: 1, signal: null });
      expect(second.output).toContain(String(world.service.pid));
      expect(second.output).toMatch(/DATA_DIR|another (?:service|process)/i);
    } finally {
      await second.remove();
    }
    const job = await submitJob(world.service, world.newJob(3));
    expect(await untilJob(world.service, job.id, hasEnded)).toMatchObject({ state: 'ready', delivered: 3 });
  }, 180_000);
});
