import { diceOf } from '../replica/dice.ts';
import { IS_LONG } from '../support/service/fault-length.ts';
import { FaultWorld } from '../support/service/fault-world.ts';
import { KillRun } from './kill-run.ts';
import { nameOf } from './moments.ts';
import { killPlan } from './kill-plan.ts';

const RUNS = Number(process.env['FAULT_RUNS'] ?? (IS_LONG ? 200 : 10));
const SEED = process.env['FAULT_SEED'] ?? '1';

describe(`a service killed ${RUNS} times (FAULT_SEED=${SEED})`, () => {
  let world: FaultWorld;
  beforeAll(async () => {
    world = await FaultWorld.open({ DOWNLOAD_CONCURRENCY: '4' });
  }, 180_000);
  afterEach(async () => {
    // A failed run must not make the next one fail.
    await world.cancelDeath();
    world.mail.atStep = () => undefined;
    if (!world.service.isRunning) await world.service.startAgain();
  }, 180_000);
  afterAll(() => world.close());

  for (const { number, moments, scope } of killPlan(RUNS, diceOf('kill', SEED)))
    it(`loses nothing and repeats nothing: run ${number}, ${scope}, ${moments.map(nameOf).join(', then ')}`, async () => {
      const isDeletion = moments.some(({ at }) => at === 'deletion');
      const run = new KillRun(world, world.newJob(isDeletion ? 3 : 21));
      await run.play(moments, scope);
      expect(await run.brokenPromises()).toEqual([]);
      for (const moment of moments.filter(({ at }) => at === 'deletion')) {
        await run.deleteAndDie(moment, scope);
        expect(await run.remains()).toEqual([]);
      }
    }, 240_000);
});
