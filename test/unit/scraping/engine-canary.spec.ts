import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../../src/jobs/app-error.js';
import type { Settings } from '../../../src/config/settings.js';
import type { Candidate } from '../../../src/jobs/candidate.js';
import { CanarySchedule } from '../../../src/scraping/canary-schedule.js';
import { EngineBreaker } from '../../../src/scraping/engine-breaker.js';
import { EngineCanary } from '../../../src/scraping/engine-canary.js';
import { openSqlite } from '../../../src/storage/sqlite/open-sqlite.js';
import type { Storage } from '../../../src/storage/storage.js';
import '../../support/quiet-logs.js';
import { sampleCandidate } from '../../support/sample-jobs.js';
import { SEARCHES, titlesAboutAnything } from '../../support/searched-words.js';
import { NEVER } from '../../support/searching.js';
import { TestClock } from '../../support/test-clock.js';
import { until } from '../../support/until.js';
import { FakeSource } from '../pipeline/fake-dependencies.js';

const HOUR_MS = 3_600_000;
const SETTINGS = {
  canaryIntervalMs: 6 * HOUR_MS,
  canaryQuery: 'cat',
  engines: ['google', 'bing'],
  roles: ['worker'],
} as const;

describe('the canary', () => {
  let folder: string;
  let storage: Storage;
  let clock: TestClock;
  let breaker: EngineBreaker;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'canary-'));
    storage = await openSqlite(folder);
    clock = new TestClock();
    breaker = new EngineBreaker(storage.keyed, clock);
  });
  afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true });
  });

  const canaryWith = (changes: Partial<Pick<Settings, 'canaryIntervalMs' | 'canaryQuery'>> = {}) =>
    new EngineCanary(breaker, storage.keyed, clock, { ...SETTINGS, ...changes });
  const google = (step: () => readonly Candidate[] | Error) => new FakeSource(() => [step()]);
  const fine = () => [sampleCandidate(1)];
  const changed = () => new AppError('source.layout_changed');

  it('searches briefly, and reports no problem if there are results', async () => {
    const canary = canaryWith();
    const source = google(fine);
    await canary.lookWhenDue(source, NEVER);
    expect(source.searches).toEqual([{ text: 'cat', filters: {} }]);
    expect(await canary.impairment('google')).toBeNull();
    expect(canary.failures).toEqual([]);
  });

  it('reports an engine with random results, and does not make jobs avoid it', async () => {
    const canary = canaryWith({ canaryQuery: 'volcanic eruption' });
    const titles = titlesAboutAnything(SEARCHES.filter(({ script }) => script === 'Latin'));
    await canary.lookWhenDue(
      google(() => titles.map((title, n) => sampleCandidate(n + 1, { title }))),
      NEVER,
    );
    expect(await canary.impairment('google')).toMatch(/^source\.unrelated at /);
    expect(canary.failures).toEqual([{ engine: 'google', code: 'source.unrelated', count: 1 }]);
    expect(await breaker.whyLeftAlone('google')).toBeNull();
  });

  it('reports a changed layout to every process, and makes jobs avoid the engine', async () => {
    const canary = canaryWith();
    await canary.lookWhenDue(google(changed), NEVER);
    expect(await canaryWith().impairment('google')).toMatch(/^source\.layout_changed at 2027-01-15T/);
    expect(canary.failures).toEqual([{ engine: 'google', code: 'source.layout_changed', count: 1 }]);
    expect(await breaker.whyLeftAlone('google')).toMatchObject({ code: 'source.left_alone' });
  });

  it('withdraws the report when the engine can be read again, and goes on counting', async () => {
    const canary = canaryWith();
    for (const step of [changed, changed, fine]) {
      await canary.lookWhenDue(google(step), NEVER);
      clock.advance(7 * HOUR_MS);
    }
    expect(await canary.impairment('google')).toBeNull();
    expect(canary.failures).toEqual([{ engine: 'google', code: 'source.layout_changed', count: 2 }]);
  });

  it('searches no more often than the interval allows, in whatever process', async () => {
    const source = google(fine);
    await Promise.all([canaryWith(), canaryWith()].map((canary) => canary.lookWhenDue(source, NEVER)));
    clock.advance(5 * HOUR_MS);
    await canaryWith().lookWhenDue(source, NEVER);
    expect(source.searches).toHaveLength(1);
    clock.advance(2 * HOUR_MS);
    await canaryWith().lookWhenDue(source, NEVER);
    expect(source.searches).toHaveLength(2);
  });

  it('does not search an engine that is left alone', async () => {
    await breaker.noteFailure('google', new AppError('source.blocked'));
    const source = google(fine);
    await canaryWith().lookWhenDue(source, NEVER);
    expect(source.searches).toEqual([]);
  });

  it('counts a search without any results as a failure', async () => {
    const canary = canaryWith();
    await canary.lookWhenDue(
      google(() => []),
      NEVER,
    );
    expect(await canary.impairment('google')).toMatch(/^source\.no_results/);
  });

  it('searches the engines in use, if an interval is set and the process runs jobs', async () => {
    const sources = (['google', 'bing', 'commons'] as const).map(
      (name) => new FakeSource(() => [fine()], name),
    );
    const counts = () => sources.map(({ searches }) => searches.length);
    const scheduled = async (
      settings: ConstructorParameters<typeof CanarySchedule>[2],
      expected: number[],
    ) => {
      const schedule = new CanarySchedule(canaryWith(), sources, settings);
      schedule.onApplicationBootstrap();
      await until('the looks are done', () => counts().join() === expected.join());
      await schedule.beforeApplicationShutdown();
      expect(counts()).toEqual(expected);
    };
    await scheduled({ ...SETTINGS, canaryIntervalMs: null }, [0, 0, 0]);
    await scheduled({ ...SETTINGS, roles: ['web'] }, [0, 0, 0]);
    await scheduled(SETTINGS, [1, 1, 0]);
  });
});
