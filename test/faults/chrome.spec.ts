import { readdir } from 'node:fs/promises';
import { casesOf, IS_LONG } from '../support/service/fault-length.ts';
import { FaultWorld } from '../support/service/fault-world.ts';
import { processesIn, signalIfThere } from '../support/service/processes.ts';
import { hasEnded, submitJob, untilJob } from '../support/service/service-jobs.ts';
import { until } from '../support/until.ts';

const GONE_WITHIN_MS = 60_000;

describe('a Chrome that fails during a search', () => {
  let world: FaultWorld;
  beforeAll(async () => {
    world = await FaultWorld.open({}, { searchLatencyMs: [1500, 1600] });
  }, 180_000);
  afterAll(() => world.close());

  const profiles = async () =>
    (await readdir(world.service.tempDir)).filter((name) => name.startsWith('image-job-browser-'));
  const browsers = async () =>
    (await processesIn(`${world.service.tempDir}/image-job-browser-`)).filter(
      ({ pid }) => pid !== world.service.pid,
    );

  it.each(
    casesOf(
      [
        ['is killed', 'SIGKILL', /--type=|chromedriver/],
        ['is frozen', 'SIGSTOP', /chromedriver/],
        ['loses its driver', 'SIGKILL', /--type=|chrom(?:e|ium) /],
      ] as const,
      1,
    ),
  )(
    'is replaced when it %s, and the job succeeds',
    async (_how, signal, isSpared) => {
      const { service, replica } = world;
      const from = replica.requests.length;
      const { id } = await submitJob(service, world.newJob(3));
      const isSearching = (): boolean => replica.requests.slice(from).some(({ kind }) => kind === 'search');
      await until('the search begins', isSearching, 60_000, 5);
      const victims = (await browsers()).filter(({ command }) => !isSpared.test(command));
      expect(victims.length).toBeGreaterThan(0);
      for (const { pid } of victims) signalIfThere(pid, signal);
      expect(await untilJob(service, id, hasEnded, 100_000)).toMatchObject({ state: 'ready', delivered: 3 });
      // The stopped processes must be gone, not only unused.
      const alive = new Set((await browsers()).map(({ pid }) => pid));
      expect(victims.filter(({ pid }) => alive.has(pid))).toEqual([]);
    },
    240_000,
  );

  if (IS_LONG)
    it(
      'leaves no process and no profile 60 s after the last search',
      async () => {
        const isGone = async (): Promise<boolean> =>
          (await browsers()).length === 0 && (await profiles()).length === 0;
        await until('every process and profile is gone', isGone, GONE_WITHIN_MS, 250);
        expect([await browsers(), await profiles()]).toEqual([[], []]);
      },
      GONE_WITHIN_MS + 10_000,
    );
});
