import { AppError } from '../../../src/jobs/app-error.js';
import { CandidateSource } from '../../../src/downloading/candidate-source.js';
import type { Collected } from '../../../src/downloading/image-collector.js';
import type { ImageRecord } from '../../../src/jobs/image-record.js';
import { Collecting, JOB_ID, newInspector, recordOf, orderOf } from '../../support/collecting.js';
import { HostileServer, whole } from '../../support/network/hostile-server.js';
import '../../support/quiet-logs.js';
import { jpeg } from '../../support/images/sample-images.js';
import { until } from '../../support/until.js';

const IMAGES = await Promise.all(Array.from({ length: 8 }, (_image, seed) => jpeg(seed, 64, 48)));
const HICCUP = new AppError('storage.unavailable');

describe('when there are enough images', () => {
  const inspector = newInspector();
  let server: HostileServer;
  let collecting: Collecting;
  let urls: string[];
  /** The promises for which `onKept` waits, by position. */
  let held: Map<number, Promise<void>>;
  let told: number[];

  afterAll(() => inspector.onApplicationShutdown());

  beforeEach(async () => {
    server = await HostileServer.start();
    urls = IMAGES.map((bytes, index) => server.on(`/${index}`, whole(bytes)));
    held = new Map();
    told = [];
    await start();
  });

  afterEach(async () => {
    await collecting[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  async function start(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    collecting = await Collecting.start({ inspector, environment });
    const { onKept } = collecting;
    collecting.onKept = async (record, thumbnail) => {
      told.push(record.position);
      await held.get(record.position);
      await onKept.call(collecting, record, thumbnail);
    };
  }

  /** Yields images, and then fails at `moment`. */
  async function* failingAt(
    moment: () => boolean,
    failed: () => void,
    found = urls,
  ): AsyncGenerator<ImageRecord, void, void> {
    for (const [position, url] of found.entries()) yield recordOf(url, position);
    await until('the moment has come', moment);
    failed();
    throw HICCUP;
  }

  function collect(
    candidates: AsyncIterable<ImageRecord>,
    count: number,
    signal = new AbortController().signal,
  ): Promise<Collected> {
    return collecting.collector.collect(orderOf(candidates, count), collecting, signal);
  }

  it.each([
    ['in the moment in which the last one has its place', [0, 1]],
    ['while another one is still being recorded', [0]],
  ])('a search that fails %s takes no images away', async (_when, waiting) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const position of waiting) held.set(position, promise);
    const isEnough = (): boolean => told.length === 2 && collecting.outcomes.length === 2 - waiting.length;
    // The effects of the failure have happened before the test continues.
    const { kept } = await collect(
      failingAt(isEnough, () => setImmediate(resolve), urls.slice(0, 2)),
      2,
    );
    expect(kept.map(({ position }) => position)).toEqual([0, 1]);
  });

  it('a search that fails before still fails the run', async () => {
    const oneIsThere = (): boolean => told.length === 1;
    await expect(
      collect(
        failingAt(oneIsThere, () => undefined, urls.slice(0, 1)),
        2,
      ),
    ).rejects.toBe(HICCUP);
  });

  it('a search that fails after the budget was spent takes no images away', async () => {
    await collecting[Symbol.asyncDispose]();
    await start({ MAX_JOB_BYTES: '4KB' });
    const { promise, resolve } = Promise.withResolvers<void>();
    // The search fails before anything ends.
    held.set(0, promise);
    const isSpent = (): boolean =>
      told.includes(0) &&
      collecting.outcomes.some(({ position }) => collecting.endOf(position) === 'job_budget_spent');
    const { kept } = await collect(
      failingAt(isSpent, () => setImmediate(resolve)),
      30,
    );
    expect(kept.length).toBeGreaterThan(0);
    expect(kept[0]?.position).toBe(0);
  });

  it('an image that cannot be recorded still fails the run', async () => {
    const full = new AppError('disk.full');
    const { promise, reject } = Promise.withResolvers<void>();
    held.set(1, promise);
    const bothAreTold = (): boolean => told.length === 2;
    const fail = (): void => void setImmediate(() => reject(full));
    await expect(collect(failingAt(bothAreTold, fail, urls.slice(0, 2)), 2)).rejects.toBe(full);
  });

  it('a cancel still ends the run', async () => {
    const stop = new AbortController();
    held.set(1, new Promise(() => undefined));
    const cancel = (): void => stop.abort(new AppError('job.cancelled'));
    const running = collect(
      failingAt(
        () => told.length === 2,
        () => setImmediate(cancel),
        urls.slice(0, 2),
      ),
      2,
      stop.signal,
    );
    await expect(running).rejects.toMatchObject({ code: 'job.cancelled' });
  });

  it('no image loses its place to one that is still being checked', async () => {
    const standIn = await jpeg(82, 400, 300);
    const { promise, resolve } = Promise.withResolvers<void>();
    held.set(4, promise);
    const records = [0, 1, 2, 3].map((position) => {
      const record = recordOf(server.on(`/no${position}`, whole(standIn)), position);
      return {
        ...record,
        candidate: { ...record.candidate, claimed: { width: 600 + 50 * position, height: 300 } },
      };
    });
    // The fourth copy of the same file exposes them all, and is complete when there are enough.
    server.on('/no3', (_request, response) => {
      response.writeHead(200, { 'content-length': standIn.length }).write(standIn.subarray(0, 900));
      void until('there are enough', () => told.includes(4)).then(() => response.end(standIn.subarray(900)));
    });
    const isPartThere = async (): Promise<boolean> =>
      (await collecting.files()).some((name) => name.endsWith('.part'));
    async function* candidates(): AsyncGenerator<ImageRecord, void, void> {
      yield* records;
      await until('three are done', () => collecting.outcomes.length === 3);
      await until('the fourth has begun', isPartThere);
      yield recordOf(urls[0] ?? null, 4);
    }
    const running = collect(candidates(), 2);
    await until('there are enough', () => told.includes(4));
    await until('the fourth is done', async () => !(await isPartThere()));
    resolve();
    const { kept } = await running;
    expect(kept).toHaveLength(2);
    expect(kept[1]?.position).toBe(4);
  });
});

describe('CandidateSource', () => {
  it('reports no failure after it was closed', async () => {
    const { promise, reject } = Promise.withResolvers<IteratorResult<ImageRecord, void>>();
    const source = new CandidateSource({ [Symbol.asyncIterator]: () => ({ next: () => promise }) });
    const told: string[] = [];
    const pulling = source.pull({
      onCandidate: () => void told.push('candidate'),
      onEnd: () => void told.push('end'),
      onError: () => void told.push('error'),
      areWanted: () => true,
    });
    await source.close();
    reject(HICCUP);
    await pulling;
    expect(told).toEqual([]);
    expect(source.isDone).toBe(true);
  });
});
