import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import type { CommandLine } from '../../../src/cli/command-line.js';
import { readList } from '../../../src/cli/list-file.js';
import { Results } from '../../../src/cli/results.js';
import { Screen } from '../../../src/cli/screen.js';
import { EXIT, runInTerminal, type TerminalDependencies } from '../../../src/cli/terminal-door.js';
import { parseSettings } from '../../../src/config/parse-settings.js';
import { Secrets } from '../../../src/config/secrets.js';
import { AppError } from '../../../src/jobs/app-error.js';
import type { FailureCode } from '../../../src/jobs/failure-codes.js';
import { type JobId, type JobRequest, NO_PROGRESS, type Outcome } from '../../../src/jobs/job.js';
import { JobTokens } from '../../../src/jobs/job-tokens.js';
import { JobWatcher } from '../../../src/jobs/job-watcher.js';
import { JobsService } from '../../../src/jobs/jobs.service.js';
import { openSqlite } from '../../../src/storage/sqlite/open-sqlite.js';
import type { Storage } from '../../../src/storage/storage.js';
import { RequestValidator } from '../../../src/validation/request-validator.js';
import { TestClock } from '../../support/test-clock.js';
import { FakeQueue } from '../pipeline/fake-dependencies.js';

const HOUR_MS = 3_600_000;
const NEVER = new AbortController().signal;

describe('the terminal door', () => {
  let folder: string;
  let storage: Storage;
  let deps: TerminalDependencies;
  let jobs: JobsService;
  let stderr: PassThrough;
  let stdout: PassThrough;
  let stdin: PassThrough;
  const clock = new TestClock();

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'terminal-'));
    storage = await openSqlite(folder);
    const { settings } = parseSettings({});
    jobs = new JobsService(storage.jobs, new FakeQueue(), clock, new JobTokens(new Secrets(['s'])), settings);
    stderr = new PassThrough();
    stdout = new PassThrough();
    stdin = new PassThrough();
    deps = {
      ...writingTo(),
      jobs,
      watcher: new JobWatcher(storage.jobs),
      validator: new RequestValidator(clock, settings),
      seeThrough: (id) => endAs(id, ready(id)),
      openArchive: () => Promise.resolve(Readable.from([Buffer.from('a zip')])),
      readList: (from, signal) => readList(from, folder, stdin, signal),
      nameFor: (query) => query.replaceAll(' ', '-'),
      present: ({ id, state }) => ({ id, state }),
      archivePath: ({ archive }) => (archive === null ? null : `/archives/${archive.name}`),
      folder,
      timeZone: 'Europe/Vienna',
    };
  });

  const writingTo = ({ isJson = false, isQuiet = false, list = null as string | null } = {}) => {
    const screen = new Screen(stderr, { canRedraw: false, isQuiet });
    return { screen, stdout, results: new Results({ screen, stdout, isJson, list }) };
  };

  afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true });
  });

  const out = (): string => join(folder, 'pandas.zip');
  const command = (changes: Partial<CommandLine> = {}): CommandLine => ({
    query: 'red panda',
    count: '3',
    email: undefined,
    out: out(),
    force: false,
    json: false,
    quiet: false,
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
  const endAs = async (id: JobId, outcome: Outcome, progress = NO_PROGRESS): Promise<void> => {
    await storage.jobs.begin(id, 0, clock.now());
    await storage.jobs.saveProgress(id, 1, 'searching', progress);
    await storage.jobs.finish(id, 1, outcome);
  };
  const shown = (): string => String(stderr.read() ?? '');
  const printed = (): string => String(stdout.read() ?? '');
  const printedJson = (): unknown => JSON.parse(printed());
  const failed = (code: FailureCode = 'source.no_results'): Outcome => ({
    state: 'failed',
    at: clock.now(),
    cause: { code, context: {} },
    shortfall: [],
    expiresAt: clock.now() + HOUR_MS,
  });
  const failing = { seeThrough: (id: JobId): Promise<void> => endAs(id, failed()) };
  /** Dependencies with which no job may start. */
  const idle = (): TerminalDependencies => {
    const submit = (): Promise<never> => Promise.reject(new Error('nothing may be started'));
    return { ...deps, jobs: { ...bound(jobs), submit } };
  };

  it('copies the zip to its destination, prints only its path, and describes its contents', async () => {
    expect(await runInTerminal(command(), deps, NEVER)).toBe(EXIT.archive);
    expect(readFileSync(out(), 'utf8')).toBe('a zip');
    expect(printed()).toBe(`${out()}\n`);
    const text = shown();
    expect(text).toContain('2 of 3 images, 5 bytes: 0 kept.\n');
    expect(text).toContain('  1 × site did not answer in time\n');
    expect(text).not.toContain(out());
  });

  it('resolves a path, and the name made from the query, in the current folder', async () => {
    expect(await runInTerminal(command({ out: 'own.zip' }), deps, NEVER)).toBe(EXIT.archive);
    expect(await runInTerminal(command({ out: undefined }), deps, NEVER)).toBe(EXIT.archive);
    expect(printed()).toBe(`${join(folder, 'own.zip')}\n${join(folder, 'red-panda.zip')}\n`);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['own.zip', 'red-panda.zip']));
  });

  describe('given a list', () => {
    const fromList = (from: string): CommandLine => command({ query: undefined, from });
    const requestOf = async (from: string, more = {}) => {
      let request: JobRequest | null = null;
      const seeThrough = async (id: JobId): Promise<void> => {
        ({ request } = await jobs.get(id));
        await endAs(id, ready(id));
      };
      const code = await runInTerminal(
        { ...fromList(from), out: undefined, more },
        { ...deps, seeThrough },
        NEVER,
      );
      expect([code, shown()]).toEqual([EXIT.archive, expect.any(String)]);
      return request;
    };

    it('reads lines, a CSV without column names, or standard input', async () => {
      writeFileSync(join(folder, 'list.txt'), '\uFEFFfox\r\nbirds: owl | 5\r\n');
      expect(await requestOf('list.txt', { prefix: 'photo of' })).toMatchObject({
        count: 8,
        queries: [
          { text: 'photo of fox', count: 3, name: 'fox' },
          { text: 'photo of owl', count: 5, name: 'birds' },
        ],
      });
      expect(readdirSync(folder)).toContain('photo-of-fox-and-1-more.zip');
      writeFileSync(join(folder, 'list.csv'), '"big, red fox",2,foxes\nowl,,\n');
      expect(await requestOf('list.csv')).toMatchObject({
        queries: [
          { text: 'big, red fox', count: 2, name: 'foxes' },
          { text: 'owl', count: 3 },
        ],
      });
      stdin.end('bear\nwolf\n');
      expect(await requestOf('-')).toMatchObject({ query: 'bear', count: 6 });
    });

    it.each([
      [
        'wrong.txt',
        'fox\n\nfox',
        ['wrong.txt: Line 2 is empty', 'wrong.txt: Line 3 is the same search as line 1'],
      ],
      ['empty.txt', ' \n', ['empty.txt: This file is empty']],
      ['image.txt', '\u0089PNG\u0000', ['image.txt: This is not a text in UTF-8']],
      ['latin.txt', Buffer.from([0xfc, 0x0a]), ['latin.txt: This is not a text in UTF-8']],
      ['large.txt', 'x'.repeat(30_001), ['large.txt: This file is too large']],
      ['missing.txt', null, ['missing.txt: The list cannot be read: there is no such file.']],
    ])(
      'names the file %s and its lines if it is wrong, and starts nothing',
      async (name, content, messages) => {
        if (content !== null) writeFileSync(join(folder, name), content);
        const code = await runInTerminal(fromList(name), { ...idle(), ...writingTo({ list: name }) }, NEVER);
        const text = shown();
        expect(code).toBe(EXIT.wrongRequest);
        for (const message of messages) expect(text).toContain(message);
      },
    );

    it('stops waiting for standard input when the person interrupts', async () => {
      const interrupt = new AbortController();
      const ran = runInTerminal(fromList('-'), idle(), interrupt.signal);
      interrupt.abort();
      expect(await ran).toBe(EXIT.interrupted);
      expect(stdin.destroyed).toBe(true);
    });
  });

  it('uses the time zone of the person', async () => {
    let timeZone = '';
    const seeThrough = async (id: JobId): Promise<void> => {
      ({ timeZone } = (await jobs.get(id)).request);
      await endAs(id, ready(id));
    };
    await runInTerminal(command(), { ...deps, seeThrough }, NEVER);
    expect(timeZone).toBe('Europe/Vienna');
    const unknown = { ...deps, seeThrough, timeZone: undefined };
    expect(await runInTerminal(command({ out: 'b.zip' }), unknown, NEVER)).toBe(EXIT.archive);
    expect(timeZone).toBe('UTC');
  });

  it('names every wrong field by its option and starts nothing', async () => {
    const wrong = command({ count: '0', more: { minWidth: 'wide' } });
    expect(await runInTerminal(wrong, idle(), NEVER)).toBe(EXIT.wrongRequest);
    expect(shown()).toMatch(/^--count: .+\n--min-width: .+\n$/);
    expect(existsSync(out())).toBe(false);
  });

  it('checks before the search that the zip can be written', async () => {
    expect(await runInTerminal(command({ out: folder }), idle(), NEVER)).toBe(EXIT.wrongRequest);
    expect(shown()).toBe(`--out: ${folder} is a folder. Name a file in it.\n`);
    const absent = command({ out: join(folder, 'absent', 'x.zip') });
    expect(await runInTerminal(absent, idle(), NEVER)).toBe(EXIT.wrongRequest);
    expect(shown()).toBe(`--out: there is no folder ${join(folder, 'absent')}. Make it first.\n`);
    expect(printed()).toBe('');
  });

  it('keeps an existing file unless it may be overwritten', async () => {
    writeFileSync(out(), 'mine');
    expect(await runInTerminal(command(), idle(), NEVER)).toBe(EXIT.wrongRequest);
    expect(shown()).toContain('--out: ');
    expect(readFileSync(out(), 'utf8')).toBe('mine');
    expect(await runInTerminal(command({ force: true }), deps, NEVER)).toBe(EXIT.archive);
    expect(readFileSync(out(), 'utf8')).toBe('a zip');
  });

  it('says where an undelivered zip is kept', async () => {
    const openArchive = (): Promise<Readable> => {
      writeFileSync(out(), 'of somebody else');
      return Promise.resolve(Readable.from([Buffer.from('a zip')]));
    };
    expect(await runInTerminal(command(), { ...deps, openArchive }, NEVER)).toBe(EXIT.failed);
    expect(readFileSync(out(), 'utf8')).toBe('of somebody else');
    expect(shown()).toMatch(
      /^The zip was made, but could not be delivered: .+ is there already\. .+ The zip is kept as \/archives\/[0-9a-f]+\/1\.zip until .+ \(Europe\/Vienna\)\.$/m,
    );
    expect(printed()).toBe('');
  });

  it('says why a job failed, and when engines can be asked again', async () => {
    const until = clock.now() + 14.5 * 60_000;
    const google = { engine: 'google', found: 0, kept: 0, end: 'source.blocked', restsUntil: until } as const;
    const seeThrough = (id: JobId): Promise<void> =>
      endAs(id, failed('source.blocked'), { ...NO_PROGRESS, engines: [google] });
    expect(await runInTerminal(command(), { ...deps, seeThrough }, NEVER)).toBe(EXIT.failed);
    expect(shown()).toMatch(
      /The search engine refused .+ \(Google\)\. It can be asked again from .+ \(Europe\/Vienna\)\.\n/,
    );
    expect(existsSync(out())).toBe(false);
    expect(printed()).toBe('');
  });

  it('prints only the path or errors if it is quiet', async () => {
    const quiet = { ...deps, ...writingTo({ isQuiet: true }) };
    expect(await runInTerminal(command(), quiet, NEVER)).toBe(EXIT.archive);
    expect([shown(), printed()]).toEqual(['', `${out()}\n`]);
    expect(await runInTerminal(command({ force: true }), { ...quiet, ...failing }, NEVER)).toBe(EXIT.failed);
    expect(shown()).toMatch(/^The search found no images for these words\. .+\n$/);
  });

  it('writes the zip to standard output, and nothing else there', async () => {
    expect(await runInTerminal(command({ out: '-' }), deps, NEVER)).toBe(EXIT.archive);
    expect(printed()).toBe('a zip');
    Object.assign(stdout, { isTTY: true });
    expect(await runInTerminal(command({ out: '-' }), idle(), NEVER)).toBe(EXIT.wrongRequest);
    expect(printed()).toBe('');
  });

  it('prints one object for programs: the job with the path of its zip', async () => {
    const toPrograms = { ...deps, ...writingTo({ isJson: true }) };
    expect(await runInTerminal(command({ json: true }), toPrograms, NEVER)).toBe(EXIT.archive);
    expect(printedJson()).toEqual({ id: expect.any(String), state: 'ready', path: out() });
  });

  it('prints one object for programs after a failure or refusal too', async () => {
    const toPrograms = { ...deps, ...writingTo({ isJson: true }) };
    expect(await runInTerminal(command({ json: true }), { ...toPrograms, ...failing }, NEVER)).toBe(
      EXIT.failed,
    );
    expect(printedJson()).toMatchObject({
      state: 'failed',
      path: null,
      problem: { code: 'source.no_results', detail: expect.stringContaining('spelling') },
    });
    expect(await runInTerminal(command({ count: '0' }), toPrograms, NEVER)).toBe(EXIT.wrongRequest);
    expect(printedJson()).toMatchObject({ code: 'request.invalid', errors: [{ field: 'count' }] });
    writeFileSync(out(), 'mine');
    expect(await runInTerminal(command(), toPrograms, NEVER)).toBe(EXIT.wrongRequest);
    expect(printedJson()).toMatchObject({ errors: [{ field: 'out', code: 'out.exists' }] });
    const submit = (): Promise<never> => Promise.reject(new AppError('storage.unavailable'));
    const away = { ...toPrograms, jobs: { ...bound(jobs), submit } };
    expect(await runInTerminal(command({ force: true }), away, NEVER)).toBe(EXIT.failed);
    expect(printedJson()).toMatchObject({ code: 'storage.unavailable' });
  });

  it('fails if its result cannot be written, and says so on the screen', async () => {
    const closed = new Writable({ write: (_chunk, _encoding, done) => done(new Error('write EPIPE')) });
    closed.on('error', () => {});
    const results = new Results({ screen: deps.screen, stdout: closed, isJson: false });
    expect(await runInTerminal(command(), { ...deps, results }, NEVER)).toBe(EXIT.failed);
    expect(shown()).toContain(`Standard output does not take this (write EPIPE): ${out()}\n`);
    expect(readFileSync(out(), 'utf8')).toBe('a zip');
  });

  it('cancels the job of a person who interrupts', async () => {
    const interrupt = new AbortController();
    let asked: JobId = '';
    const seeThrough = async (id: JobId): Promise<void> => {
      asked = id;
      interrupt.abort();
      for await (const job of deps.watcher.watch(id, NEVER)) if (job.state === 'cancelled') return;
    };
    const code = await runInTerminal(command(), { ...deps, seeThrough }, interrupt.signal);
    expect(code).toBe(EXIT.interrupted);
    expect((await jobs.get(asked)).state).toBe('cancelled');
    expect(shown()).toMatch(/^(?:scheduled .+\n)?Cancelled\.\n$/);
  });

  it('delivers a job that ended at the moment of the interruption', async () => {
    const interrupt = new AbortController();
    const cancel = async (id: JobId): ReturnType<JobsService['cancel']> => {
      await endAs(id, ready(id));
      return jobs.cancel(id);
    };
    const seeThrough = (): Promise<void> => {
      interrupt.abort();
      return Promise.resolve();
    };
    const racing = { ...deps, jobs: { ...bound(jobs), cancel }, seeThrough };
    expect(await runInTerminal(command(), racing, interrupt.signal)).toBe(EXIT.archive);
  });

  it('says in plain words that the records cannot be reached or the job is gone', async () => {
    const away = (): Promise<never> => Promise.reject(new AppError('storage.unavailable'));
    const without = { ...deps, jobs: { ...bound(jobs), submit: away } };
    expect(await runInTerminal(command(), without, NEVER)).toBe(EXIT.failed);
    expect(shown()).toBe('The database of the service could not be reached. Try again in a while.\n');
    const deleting = async (id: JobId): Promise<void> => {
      await endAs(id, ready(id));
      await jobs.delete(id);
    };
    expect(await runInTerminal(command(), { ...deps, seeThrough: deleting }, NEVER)).toBe(EXIT.failed);
    expect(shown()).toContain('There is no such job any more.');
  });

  it('does not hide its own bugs', async () => {
    const openArchive = (): Promise<never> => Promise.reject(new TypeError('a mistake'));
    await expect(runInTerminal(command(), { ...deps, openArchive }, NEVER)).rejects.toThrow('a mistake');
  });
});

function bound(jobs: JobsService): TerminalDependencies['jobs'] {
  return {
    submit: (...given) => jobs.submit(...given),
    cancel: (id) => jobs.cancel(id),
    get: (id) => jobs.get(id),
    asksToConfirm: (request) => jobs.asksToConfirm(request),
  };
}
