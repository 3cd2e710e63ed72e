import fc from 'fast-check';
import { STAGES } from '../../../src/jobs/job-states.js';
import type { JobId } from '../../../src/jobs/job.js';
import type { KeyedPlace } from '../../../src/jobs/keyed-store.port.js';
import type { Notice } from '../../../src/jobs/notice.js';
import type { Storage } from '../../../src/storage/storage.js';
import { ANN, anImage, aNewJob, HOUR_MS, newId } from './samples.js';
import { collected } from './store-harness.js';
import {
  aClaimInstant,
  aLookInstant,
  anEntry,
  anEpochError,
  anInstant,
  anItem,
  anOutcome,
  aResult,
  aText,
  someImages,
  somePeople,
} from './store-values.js';

/** The jobs and the key of one sequence of moves, which no other sequence uses. */
export interface Board {
  readonly ids: readonly JobId[];
  readonly key: string;
}

/** The objects that one store has returned during a sequence. */
export interface Hand {
  readonly claims: Notice[];
  /** The epoch of the last begin of each job. */
  readonly epochs: Map<JobId, number>;
}

/** One call of a store; as text it shows its arguments. */
export interface Move {
  run(storage: Storage, board: Board, hand: Hand): Promise<unknown>;
}

const JOBS = 2;

const aJob = fc.nat({ max: JOBS - 1 });

/** @returns the state of one sequence */
export function newBoard(): Board {
  return { ids: Array.from({ length: JOBS }, newId), key: newId() };
}

const submit = (job = aJob): fc.Arbitrary<Move> =>
  move(
    'submit',
    [job, anInstant, somePeople, aText, fc.boolean()],
    ({ jobs }, board, [n, dueAt, recipients, query, asksToConfirm]) =>
      jobs.submit({ ...aNewJob({ dueAt, recipients, query }, idAt(board, n)), asksToConfirm }),
  );

const begin = (job = aJob, error = anEpochError): fc.Arbitrary<Move> =>
  move('begin', [job, error, anInstant], async ({ jobs }, board, [n, off, at], hand) => {
    const begun = await jobs.begin(idAt(board, n), epochOf(board, n, hand) + off, at);
    if (begun !== null) hand.epochs.set(begun.id, begun.epoch);
    return begun;
  });

const finish = move('finish', [aJob, anEpochError, anOutcome], ({ jobs }, board, [n, off, outcome], hand) => {
  const epoch = epochOf(board, n, hand) + off;
  return jobs.finish(idAt(board, n), epoch, outcome(idAt(board, n), epoch));
});

const extend = move('extend', [aJob, anInstant, anInstant], ({ jobs }, board, [n, at, until]) =>
  jobs.extend(idAt(board, n), at, until),
);

const choose = move(
  'choose',
  [aJob, fc.constantFrom(null, 'wA', 'gA'), anInstant],
  ({ jobs }, board, [n, choice, at]) => jobs.choose(idAt(board, n), choice, at),
);

const endings = [
  move('cancel', [aJob, anInstant, anInstant], ({ jobs }, board, [n, at, until]) =>
    jobs.cancel(idAt(board, n), at, until),
  ),
  move('expireAt', [aJob, anInstant], ({ jobs }, board, [n, at]) => jobs.expireAt(idAt(board, n), at)),
  move('delete', [aJob], async ({ jobs }, board, [n], hand) => {
    hand.epochs.delete(idAt(board, n));
    await jobs.delete(idAt(board, n));
  }),
];

const records = [
  move(
    'saveProgress',
    [aJob, anEpochError, fc.constantFrom(...STAGES), fc.nat()],
    ({ jobs }, board, [n, off, stage, kept], hand) => {
      const progress = { found: kept, kept, rejected: { timeout: 1 }, bytes: kept, engines: [] };
      return jobs.saveProgress(idAt(board, n), epochOf(board, n, hand) + off, stage, progress);
    },
  ),
  move('saveImages', [aJob, someImages], ({ jobs }, board, [n, images]) =>
    jobs.saveImages(
      idAt(board, n),
      images.map(([position, outcome]) => anImage(position, outcome)),
    ),
  ),
  move('images', [aJob], ({ jobs }, board, [n]) => jobs.images(idAt(board, n))),
];

const notices = [
  move(
    'claimNotice',
    [aJob, fc.nat({ max: 5 }), aClaimInstant],
    async ({ jobs }, board, [n, nth, at], hand) => {
      const jobId = idAt(board, n);
      const present = (await jobs.notices(jobId))[nth];
      const claimed = await jobs.claimNotice(present ?? { jobId, slot: 'error', recipient: ANN }, at);
      if (claimed !== null) hand.claims.push(claimed);
      return claimed;
    },
  ),
  move('settleNotice', [fc.nat({ max: 9 }), aResult], async ({ jobs }, _board, [n, result], { claims }) => {
    const claimed = claims[n % Math.max(claims.length, 1)];
    if (claimed !== undefined) await jobs.settleNotice(claimed, result);
  }),
  move('notices', [aJob], ({ jobs }, board, [n]) => jobs.notices(idAt(board, n))),
];

const hints = [
  move('due', [anInstant, anInstant], ({ jobs }, board, [from, to]) => ours(jobs.due(from, to), board)),
  move('expiring', [anInstant], ({ jobs }, board, [until]) =>
    ours(jobs.expiring(until + 24 * HOUR_MS), board),
  ),
  move('noticesDue', [anInstant], ({ jobs }, board, [until]) => ours(jobs.noticesDue(until), board)),
];

const smallThings = [
  move('put', [anEntry], ({ keyed }, board, [{ item, ...entry }]) =>
    keyed.put({ ...placeOf(board, item), ...entry }),
  ),
  move('putIfAbsent', [anEntry, aLookInstant], ({ keyed }, board, [{ item, ...entry }, at]) =>
    keyed.putIfAbsent({ ...placeOf(board, item), ...entry }, at),
  ),
  move('get', [anItem, aLookInstant], ({ keyed }, board, [item, at]) => keyed.get(placeOf(board, item), at)),
  move('list', [aLookInstant], ({ keyed }, { key }, [at]) => keyed.list('breaker', key, at)),
  move('delete', [anItem], ({ keyed }, board, [item]) => keyed.delete(placeOf(board, item))),
];

const aMove = fc.oneof(
  { weight: 5, arbitrary: fc.oneof(begin(), finish, extend, choose) },
  { weight: 3, arbitrary: fc.oneof(submit(), ...endings) },
  { weight: 5, arbitrary: fc.oneof(...notices) },
  { weight: 3, arbitrary: fc.oneof(...records) },
  { weight: 3, arbitrary: fc.oneof(...hints) },
  { weight: 3, arbitrary: fc.oneof(...smallThings) },
);

/** A running and a waiting job, then any moves, whose arguments often fit and often do not. */
export const sequences: fc.Arbitrary<readonly Move[]> = fc
  .tuple(
    submit(fc.constant(0)),
    submit(fc.constant(1)),
    begin(fc.constant(0), fc.constant(0)),
    fc.array(aMove, { maxLength: 40, size: 'max' }),
  )
  .map(([first, second, begun, more]) => [first, second, begun, ...more]);

function move<T extends unknown[]>(
  name: string,
  values: { [K in keyof T]: fc.Arbitrary<T[K]> },
  run: (storage: Storage, board: Board, given: T, hand: Hand) => Promise<unknown>,
): fc.Arbitrary<Move> {
  return fc.tuple<T>(...values).map((given) => ({
    run: (storage, board, hand) => run(storage, board, given, hand),
    toString: () => `${name}(${fc.stringify(given)})`,
  }));
}

async function ours(found: AsyncIterable<{ jobId: JobId }>, { ids }: Board): Promise<unknown> {
  return (await collected(found)).filter(({ jobId }) => ids.includes(jobId));
}

function placeOf({ key }: Board, item: string): KeyedPlace {
  return { kind: 'breaker', key, item };
}

function epochOf(board: Board, n: number, { epochs }: Hand): number {
  return epochs.get(idAt(board, n)) ?? 0;
}

function idAt({ ids }: Board, n: number): JobId {
  return ids[n] ?? '';
}
