import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../../src/jobs/app-error.js';
import type { Candidate } from '../../../src/jobs/candidate.js';
import { ENGINE_NAMES, type EngineName } from '../../../src/engines/engines.js';
import { engineReportTexts } from '../../../src/jobs/wording/engine-wording.js';
import type { Job, JobRequest } from '../../../src/jobs/job.js';
import { runJob } from '../../../src/pipeline/run-job.js';
import type { FilterSupport } from '../../../src/scraping/filter-support.js';
import { openSqlite } from '../../../src/storage/sqlite/open-sqlite.js';
import type { Storage } from '../../../src/storage/storage.js';
import { SEARCHES, titlesAboutAnything } from '../../support/searched-words.js';
import { sampleCandidate, sampleJob } from '../../support/sample-jobs.js';
import '../../support/quiet-logs.js';
import { TestClock } from '../../support/test-clock.js';
import { FakeDependencies, FakeSource } from './fake-dependencies.js';

type Step = readonly Candidate[] | Error;

/** Results of an engine, each with an address of its own unless `shared`. */
const found = (engine: EngineName, from: number, to: number, shared = false): Candidate[] =>
  Array.from({ length: to - from + 1 }, (_, n) => {
    const rank = from + n;
    const imageUrl = shared ? `https://shared.test/${rank}.jpg` : `https://${engine}.test/${rank}.jpg`;
    return sampleCandidate(rank, { engine, sourceId: `${engine}-${rank}`, imageUrl });
  });

describe('a run with several engines', () => {
  let folder: string;
  let storage: Storage;
  let deps: FakeDependencies;
  let asked: EngineName[];
  let jobs: number;
  let clock: TestClock;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'engines-'));
    storage = await openSqlite(folder);
    clock = new TestClock();
    deps = new FakeDependencies(storage, clock);
    deps.settings = { ...deps.settings, engines: ENGINE_NAMES };
    asked = [];
    jobs = 0;
  });
  afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true });
  });

  function engine(name: EngineName, steps: readonly Step[], cannot: FilterSupport = {}): FakeSource {
    const script = () => {
      asked.push(name);
      return steps;
    };
    return new FakeSource(script, name, cannot);
  }

  async function run(changes: Partial<JobRequest>): Promise<Job | null> {
    jobs += 1;
    const order = sampleJob(`job ${jobs}`, deps.clock.now() - 100, changes);
    const { job } = await storage.jobs.submit(order);
    return again(job);
  }

  async function again(job: Job | null): Promise<Job | null> {
    const id = job?.id ?? '';
    await runJob(id, new AbortController().signal, deps);
    return storage.jobs.get(id);
  }

  it('goes on with the next engine at the reached count, in the order of the job', async () => {
    deps.sources = [
      engine('google', [found('google', 1, 2), new AppError('source.blocked', { engine: 'google' })]),
      engine('bing', [found('bing', 1, 3)]),
      engine('commons', [found('commons', 1, 9)]),
      engine('openverse', [found('openverse', 1, 9)]),
    ];
    const done = await run({ count: 8, engines: ['google', 'bing', 'openverse'] });
    expect(done).toMatchObject({ state: 'ready', delivered: 8, shortfall: [] });
    expect(asked).toEqual(['google', 'bing', 'openverse']);
    expect(deps.tried.slice(0, 6)).toEqual([
      'google-1',
      'google-2',
      'bing-1',
      'bing-2',
      'bing-3',
      'openverse-1',
    ]);
  });

  it('reports the counts and the end of each engine in the order asked', async () => {
    deps.sources = [
      engine('google', [new AppError('source.blocked', { engine: 'google' })]),
      engine('bing', [found('bing', 1, 3)]),
      engine('commons', [found('commons', 1, 9)]),
    ];
    deps.verdict = ({ candidate: { sourceId } }) => (sourceId === 'bing-2' ? 'timeout' : null);
    const done = await run({ count: 4, engines: ['google', 'bing', 'commons'] });
    const rest = await deps.breaker.whyLeftAlone('google');
    expect(done?.progress.engines).toEqual([
      {
        engine: 'google',
        found: 0,
        kept: 0,
        end: 'source.blocked',
        restsUntil: Date.parse(String(rest?.context['until'])),
      },
      { engine: 'bing', found: 3, kept: 2, leftOut: 1, end: 'exhausted' },
      { engine: 'commons', found: 9, kept: 2, leftOut: 0, end: null },
    ]);
  });

  it('counts an image that two engines find once', async () => {
    deps.sources = [
      engine('google', [found('google', 1, 3, true)]),
      engine('bing', [found('bing', 2, 5, true)]),
    ];
    const done = await run({ count: 20, engines: ['google', 'bing'] });
    expect(done).toMatchObject({ delivered: 5, shortfall: [{ reason: 'search_exhausted', count: 15 }] });
    expect(deps.tried).toEqual(['google-1', 'google-2', 'google-3', 'bing-4', 'bing-5']);
  });

  it.each([
    ['that cannot be read', new TypeError('no such thing'), 'source.layout_changed', 1],
    [
      'whose page went away',
      Object.assign(new Error('x'), { name: 'JavascriptError' }),
      'source.unreachable',
      2,
    ],
  ] as const)('takes an answer %s for the failure of its engine', async (_what, error, end, times) => {
    deps.sources = [engine('google', [error]), engine('bing', [found('bing', 1, 3)])];
    const done = await run({ count: 3, engines: ['google', 'bing'] });
    expect(done).toMatchObject({ state: 'ready', delivered: 3 });
    expect(done?.progress.engines[0]).toMatchObject({ engine: 'google', found: 0, kept: 0, end });
    expect(asked.filter((name) => name === 'google')).toHaveLength(times);
  });

  it('is tried again later if nothing was found and an engine may recover', async () => {
    deps.sources = [
      engine('google', [new AppError('source.blocked')]),
      engine('bing', [new AppError('source.unreachable')]),
    ];
    const waiting = await run({ count: 3, engines: ['google', 'bing'] });
    expect(waiting).toMatchObject({ state: 'scheduled', cause: null });
    deps.sources = [engine('google', []), engine('bing', [found('bing', 1, 3)])];
    clock.advance(5001);
    const done = await again(waiting);
    expect(done).toMatchObject({ state: 'ready', delivered: 3 });
    expect(asked).toEqual(['google', 'bing', 'bing', 'bing']);
  });

  it('avoids in the next job an engine that blocked this one, and names the block', async () => {
    deps.sources = [
      engine('google', [new AppError('source.blocked')]),
      engine('bing', [found('bing', 1, 3)]),
    ];
    await run({ count: 3, engines: ['google', 'bing'] });
    const next = await run({ count: 5, engines: ['google', 'bing'] });
    expect(asked).toEqual(['google', 'bing', 'bing']);
    expect(next).toMatchObject({ delivered: 3, shortfall: [{ reason: 'source.left_alone', count: 2 }] });
    const alone = await run({ count: 1, engines: ['google'] });
    expect(alone).toMatchObject({
      state: 'failed',
      cause: { code: 'source.left_alone', context: { engine: 'google', because: 'source.blocked' } },
    });
  });

  describe('where an engine is not set up', () => {
    const notSetUp = { found: 0, kept: 0, end: 'source.not_available' } as const;

    it('reports an engine of another version, whatever the others find', async () => {
      deps.sources = [engine('google', [found('google', 1, 2)])];
      const newer = 'pictureverse' as EngineName;
      const done = await run({ count: 3, engines: [newer, 'google'] });
      expect(done).toMatchObject({ delivered: 2, shortfall: [{ reason: 'source.not_available', count: 1 }] });
      expect(done === null ? [] : engineReportTexts(done)).toEqual([
        'pictureverse: The search engine that was asked for is not set up here.',
        'Google: 2 kept. It has no more results.',
      ]);
      expect(deps.missingEngines.names).toEqual(['pictureverse']);
    });

    it('does not ask an engine removed from ENGINES', async () => {
      deps.settings = { ...deps.settings, engines: ['google'] };
      deps.sources = [engine('bing', [found('bing', 1, 3)]), engine('google', [found('google', 1, 3)])];
      const done = await run({ count: 3, engines: ['bing', 'google'] });
      expect(asked).toEqual(['google']);
      expect(done).toMatchObject({
        delivered: 3,
        progress: {
          engines: [
            { engine: 'bing', ...notSetUp },
            { engine: 'google', end: null },
          ],
        },
      });
    });

    it.each([[['bing']], [['google', 'bing']], [['bing', 'google']]] as const)(
      'fails with that sentence where nothing was found: %j',
      async (engines) => {
        deps.sources = [engine('google', [new AppError('source.no_results')])];
        const done = await run({ count: 3, engines: [...engines] });
        expect(done).toMatchObject({
          state: 'failed',
          cause: { code: 'source.not_available', context: { engine: 'bing' } },
        });
      },
    );
  });

  it('does not ask an engine that cannot honour the filters, and names that', async () => {
    deps.sources = [
      engine('commons', [found('commons', 1, 9)], { age: 'unsupported' }),
      engine('bing', [found('bing', 1, 2)]),
    ];
    const filters = { age: 'week' } as const;
    const done = await run({ count: 4, engines: ['commons', 'bing'], filters });
    expect(asked).toEqual(['bing']);
    expect(done).toMatchObject({ delivered: 2, shortfall: [{ reason: 'source.cannot_filter', count: 2 }] });
  });

  it('does not ask an engine that has no such images, and reports that it found none', async () => {
    deps.sources = [
      engine('openverse', [found('openverse', 1, 9)], { fileType: 'hopeless' }),
      engine('bing', [found('bing', 1, 2)]),
    ];
    const filters = { fileType: 'avif' } as const;
    const done = await run({ count: 4, engines: ['openverse', 'bing'], filters });
    expect(asked).toEqual(['bing']);
    expect(done).toMatchObject({ delivered: 2, shortfall: [{ reason: 'search_exhausted', count: 2 }] });
    expect(done?.progress.engines[0]).toEqual({ engine: 'openverse', found: 0, kept: 0, end: 'exhausted' });
  });

  it('bounds the stated facts in the records, whatever the pages say', async () => {
    const long = `\u202E${'a'.repeat(1_000_000)}`;
    const pageUrl = `https://page.example/${long}`;
    const imageUrl = 'https://images.example/1.jpg';
    deps.sources = [engine('google', [[sampleCandidate(1, { title: long, pageUrl, imageUrl })]])];
    const done = await run({ count: 1, engines: ['google'] });
    const [record] = await storage.jobs.images(done?.id ?? '');
    expect(record?.candidate).toMatchObject({ title: `${'a'.repeat(499)}…`, pageUrl: null, imageUrl });
  });

  it('passes over results that contradict the filters themselves', async () => {
    const other = sampleCandidate(7, {
      pageUrl: 'https://other.example/',
      imageUrl: 'https://other.example/7.jpg',
    });
    deps.sources = [engine('google', [[...found('google', 1, 2), other]])];
    const done = await run({ count: 5, engines: ['google'], filters: { withoutSites: ['other.example'] } });
    expect(done).toMatchObject({ delivered: 2, progress: { found: 2 } });
  });

  it('passes over an engine with random results, without avoiding it afterwards', async () => {
    const titles = titlesAboutAnything(SEARCHES.filter(({ script }) => script === 'Latin'));
    const anything = found('bing', 1, 35).map((one, n) => ({ ...one, title: titles[n] ?? null }));
    const commons = found('commons', 1, 35).map((one, n) => ({ ...one, title: titles[n] ?? null }));
    deps.sources = [engine('bing', [anything]), engine('commons', [commons])];
    const filled = await run({ query: 'volcanic eruption', count: 5, engines: ['bing', 'commons'] });
    expect(filled).toMatchObject({
      state: 'ready',
      delivered: 5,
      progress: {
        engines: [
          { engine: 'bing', found: 0, end: 'source.unrelated' },
          { engine: 'commons', found: 35 },
        ],
      },
    });
    const none = await run({ query: 'volcanic eruption', count: 5, engines: ['bing'] });
    expect(none).toMatchObject({ state: 'failed', cause: { code: 'source.unrelated' } });
    expect(asked).toEqual(['bing', 'commons', 'bing']);
    expect(none === null ? [] : engineReportTexts(none)).toEqual([
      'Bing: The search engine showed images that have nothing to do with the words.',
    ]);
  });

  it('reports an engine whose results all contradict the filters', async () => {
    deps.sources = [engine('google', [found('google', 1, 2), found('google', 3, 4)]), engine('bing', [])];
    const filters = { withoutSites: ['google.test'] };
    const none = await run({ count: 5, engines: ['google', 'bing'], filters });
    expect(none).toMatchObject({
      state: 'failed',
      cause: { code: 'source.none_fits', context: { engine: 'google', found: 4 } },
      progress: {
        engines: [
          { engine: 'google', found: 0, end: 'source.none_fits' },
          { engine: 'bing', end: 'exhausted' },
        ],
      },
    });
  });
});
