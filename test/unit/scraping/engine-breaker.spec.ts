import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../../src/jobs/app-error.js';
import { EngineBreaker } from '../../../src/scraping/engine-breaker.js';
import { openSqlite } from '../../../src/storage/sqlite/open-sqlite.js';
import type { Storage } from '../../../src/storage/storage.js';
import '../../support/quiet-logs.js';
import { TestClock } from '../../support/test-clock.js';

const MINUTE_MS = 60_000;
const blocked = (context = {}): AppError => new AppError('source.blocked', context);

describe('the breaker of engines', () => {
  let folder: string;
  let storage: Storage;
  let clock: TestClock;
  let breaker: EngineBreaker;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'breaker-'));
    storage = await openSqlite(folder);
    clock = new TestClock();
    breaker = new EngineBreaker(storage.keyed, clock);
  });
  afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true });
  });

  /** Minutes until Bing may be asked again; 0: now. */
  async function minutesLeft(of = breaker): Promise<number> {
    const why = await of.whyLeftAlone('bing');
    return why === null
      ? 0
      : Math.round((Date.parse(String(why.context['until'])) - clock.now()) / MINUTE_MS);
  }

  it('allows an engine that never refused', async () => {
    expect(await breaker.whyLeftAlone('bing')).toBeNull();
  });

  it('leaves an engine alone after a block, for every process, with time and reason', async () => {
    await breaker.noteFailure('bing', blocked());
    const other = new EngineBreaker(storage.keyed, clock);
    expect(await other.whyLeftAlone('bing')).toMatchObject({
      code: 'source.left_alone',
      context: { engine: 'bing', because: 'source.blocked' },
    });
    expect(await minutesLeft(other)).toBe(15);
    expect(await other.whyLeftAlone('google')).toBeNull();
  });

  it('allows it again after that, and pauses it longer with each block, up to three hours', async () => {
    const waits: number[] = [];
    for (let times = 0; times < 6; times += 1) {
      await breaker.noteFailure('bing', blocked());
      waits.push(await minutesLeft());
      clock.advance((waits.at(-1) ?? 0) * MINUTE_MS + 1000);
      expect(await minutesLeft()).toBe(0);
    }
    expect(waits).toEqual([15, 30, 60, 120, 180, 180]);
  });

  it('counts a block that several jobs run into once', async () => {
    await Promise.all([breaker.noteFailure('bing', blocked()), breaker.noteFailure('bing', blocked())]);
    await breaker.noteFailure('bing', blocked());
    clock.advance(16 * MINUTE_MS);
    await breaker.noteFailure('bing', blocked());
    expect(await minutesLeft()).toBe(30);
  });

  it('forgets old blocks', async () => {
    await breaker.noteFailure('bing', blocked());
    clock.advance(7 * 60 * MINUTE_MS);
    await breaker.noteFailure('bing', blocked());
    expect(await minutesLeft()).toBe(15);
  });

  it.each([
    ['as long as it asks for', blocked({ retryAfterMs: 40 * MINUTE_MS }), 40],
    ['a day at most', blocked({ retryAfterMs: 1e12 }), 1440],
    ['shortly after a consent wall', new AppError('source.consent_wall'), 5],
    ['shortly after a new layout', new AppError('source.layout_changed'), 5],
    ['as long as a busy one asks for', new AppError('source.unreachable', { retryAfterMs: 120_000 }), 2],
    ['not at all where it cannot be reached', new AppError('source.unreachable'), 0],
    ['not at all without results', new AppError('source.no_results'), 0],
    ['not at all for what is ours', new AppError('browser.crashed'), 0],
  ])('leaves it alone %s', async (_, failure, minutes) => {
    await breaker.noteFailure('bing', failure);
    expect(await minutesLeft()).toBe(minutes);
  });

  it('never shortens a pause', async () => {
    await breaker.noteFailure('bing', blocked());
    await breaker.noteFailure('bing', new AppError('source.layout_changed'));
    expect(await minutesLeft()).toBe(15);
    expect((await breaker.whyLeftAlone('bing'))?.context['because']).toBe('source.blocked');
  });

  it('stops no search while the store is away', async () => {
    await storage.close();
    await expect(breaker.noteFailure('bing', blocked())).resolves.toBeUndefined();
    expect(await breaker.whyLeftAlone('bing')).toBeNull();
    storage = await openSqlite(folder);
  });
});
