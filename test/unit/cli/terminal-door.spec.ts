import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import type { CommandLine } from '../../../src/cli/command-line.js';
import { EXIT, runInTerminal, type TerminalRooms } from '../../../src/cli/terminal-door.js';
import { parseSettings } from '../../../src/config/parse-settings.js';
import { Secrets } from '../../../src/config/secrets.js';
import { AppError } from '../../../src/jobs/app-error.js';
import type { JobId, Outcome } from '../../../src/jobs/job.js';
import { JobTokens } from '../../../src/jobs/job-tokens.js';
import { JobWatcher } from '../../../src/jobs/job-watcher.js';
import { JobsService } from '../../../src/jobs/jobs.service.js';
import { openSqlite } from '../../../src/storage/sqlite/open-sqlite.js';
import type { Storage } from '../../../src/storage/storage.js';
import { RequestValidator } from '../../../src/validation/request-validator.js';
import { TestClock } from '../../support/test-clock.js';
import { FakeQueue } from '../pipeline/fake-rooms.js';

const HOUR_MS = 3_600_000;
const NEVER = new AbortController().signal;

describe('the terminal door', () => {
  let folder: string;
  let storage: Storage;
  let rooms: TerminalRooms;
  let jobs: JobsService;
  let screen: PassThrough;
  const clock = new TestClock();

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'terminal-'));
    storage = await openSqlite(folder);
    const { settings } = parseSettings({});
    jobs = new JobsService(storage.jobs, new FakeQueue(), clock, new JobTokens(new Secrets(['s'])), settings);
    screen = new PassThrough();
    rooms = {
      jobs,
      watcher: new JobWatcher(storage.jobs),
      validator: new RequestValidator(clock, settings),
      seeThrough: (id) => endAs(id, ready(id)),
      openArchive: () => Promise.resolve(Readable.from([Buffer.from('a zip')])),
      nameFor: (query) => query.replaceAll(' ', '-'),
      screen,
    };
  });

  afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true });
  });

  const out = (): string => join(folder, 'made', 'pandas.zip');
  const command = (changes: Partial<CommandLine> = {}): CommandLine => ({
    query: 'red panda',
    count: '3',
    email: undefined,
    out: out(),
    more: {},
    ...changes,
  });
  const ready = (id: JobId): Outcome => ({
    state: 'ready',
    at: clock.now(),
    archive: { name: `${id}/1.zip`, bytes: 5, sha256: 'x' },
    delivered: 2,
    shortfall: [{ reason: 'timeout', count: 1 }],
    expiresAt: clock.now() + HOUR_MS,
  });
  const endAs = async (id: JobId, outcome: Outcome): Promise<void> => {
    await storage.jobs.begin(id, 0, clock.now());
    await storage.jobs.finish(id, 1, outcome);
  };
  const shown = (): string => String(screen.read() ?? '');

  it('copies the zip to where it was asked for and says what it holds', async () => {
    expect(await runInTerminal(command(), rooms, NEVER)).toBe(EXIT.archive);
    expect(readFileSync(out(), 'utf8')).toBe('a zip');
    expect(existsSync(`${out()}.part`)).toBe(false);
    const text = shown();
    expect(text).toContain(`2 of 3 images, 5 bytes: ${out()}\n`);
    expect(text).toContain('  1 × site did not answer in time\n');
  });

  it('names every wrong field by its option and starts nothing', async () => {
    const wrong = command({ count: '0', more: { minWidth: 'wide' } });
    expect(await runInTerminal(wrong, rooms, NEVER)).toBe(EXIT.wrongRequest);
    expect(shown()).toMatch(/^count: .+\n--min-width: .+\n$/);
    expect(existsSync(out())).toBe(false);
  });

  it('finds out before it searches that the zip could not be written', async () => {
    const submit = (): Promise<never> => Promise.reject(new Error('nothing may be started'));
    const idle = { ...rooms, jobs: { ...bound(jobs), submit } };
    expect(await runInTerminal(command({ out: folder }), idle, NEVER)).toBe(EXIT.wrongRequest);
    expect(shown()).toBe(`--out: nothing can be written there (${folder} is a folder).\n`);
    writeFileSync(join(folder, 'a-file'), '');
    const below = command({ out: join(folder, 'a-file', 'x.zip') });
    expect(await runInTerminal(below, idle, NEVER)).toBe(EXIT.wrongRequest);
    expect(shown()).toMatch(/^--out: nothing can be written there \((Error: )?E(EXIST|NOTDIR).+\)\.\n$/);
  });

  it('says why a job failed', async () => {
    const cause = { code: 'source.no_results', context: {} } as const;
    const failed: Outcome = {
      state: 'failed',
      at: clock.now(),
      cause,
      shortfall: [],
      expiresAt: clock.now() + HOUR_MS,
    };
    const seeThrough = (id: JobId): Promise<void> => endAs(id, failed);
    expect(await runInTerminal(command(), { ...rooms, seeThrough }, NEVER)).toBe(EXIT.failed);
    expect(shown()).toContain('The search found no images for these words. Check the spelling');
    expect(existsSync(out())).toBe(false);
  });

  it('cancels the job of a person who interrupts', async () => {
    const interrupt = new AbortController();
    let asked: JobId = '';
    const seeThrough = async (id: JobId): Promise<void> => {
      asked = id;
      interrupt.abort();
      for await (const job of rooms.watcher.watch(id, NEVER)) if (job.state === 'cancelled') return;
    };
    const code = await runInTerminal(command(), { ...rooms, seeThrough }, interrupt.signal);
    expect(code).toBe(EXIT.interrupted);
    expect((await jobs.get(asked)).state).toBe('cancelled');
  });

  it('delivers a job that ended in the moment of the interruption', async () => {
    const interrupt = new AbortController();
    const cancel = async (id: JobId): ReturnType<JobsService['cancel']> => {
      await endAs(id, ready(id));
      return jobs.cancel(id);
    };
    const seeThrough = (): Promise<void> => {
      interrupt.abort();
      return Promise.resolve();
    };
    const racing = { ...rooms, jobs: { ...bound(jobs), cancel }, seeThrough };
    expect(await runInTerminal(command(), racing, interrupt.signal)).toBe(EXIT.archive);
  });

  it('says in plain words that the records cannot be reached, or the job is gone', async () => {
    const away = (): Promise<never> => Promise.reject(new AppError('storage.unavailable'));
    const without = { ...rooms, jobs: { ...bound(jobs), submit: away } };
    expect(await runInTerminal(command(), without, NEVER)).toBe(EXIT.failed);
    expect(shown()).toBe('The database of the service could not be reached. Try again in a while.\n');
    const deleting = async (id: JobId): Promise<void> => {
      await endAs(id, ready(id));
      await jobs.delete(id);
    };
    expect(await runInTerminal(command(), { ...rooms, seeThrough: deleting }, NEVER)).toBe(EXIT.failed);
    expect(shown()).toContain('There is no such job any more.');
  });

  it('does not hide a mistake of its own', async () => {
    const openArchive = (): Promise<never> => Promise.reject(new TypeError('a mistake'));
    await expect(runInTerminal(command(), { ...rooms, openArchive }, NEVER)).rejects.toThrow('a mistake');
  });
});

function bound(jobs: JobsService): TerminalRooms['jobs'] {
  return {
    submit: (...given) => jobs.submit(...given),
    cancel: (id) => jobs.cancel(id),
    get: (id) => jobs.get(id),
    asksToConfirm: (request) => jobs.asksToConfirm(request),
  };
}
