import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openSqlite } from '../../../src/storage/sqlite/open-sqlite.js';
import type { Storage } from '../../../src/storage/storage.js';
import { IS_LONG } from '../../support/service/fault-length.js';
import { type Board, type Hand, type Move, newBoard, sequences } from './store-moves.js';

/** The short part is the same every time; the long part differs each time, and tells its seed if it fails. */
const RUNS = IS_LONG ? { numRuns: 300 } : { numRuns: 20, seed: 20_261_122 };
const WITHIN_MS = 600_000;

/** Checks that another store gives the same results as SQLite for any sequence of calls. */
export function describeAlike(open: () => Promise<Storage>): void {
  describe('compared with SQLite', () => {
    let dir: string;
    let sqlite: Storage;
    let other: Storage;
    beforeAll(async () => {
      dir = mkdtempSync(join(tmpdir(), 'image-job-alike-'));
      sqlite = await openSqlite(dir);
      other = await open();
    }, 60_000);
    afterAll(async () => {
      await other.close();
      await sqlite.close();
      rmSync(dir, { recursive: true });
    });

    it(
      'returns exactly the same results for any sequence of calls',
      () =>
        fc.assert(
          fc.asyncProperty(sequences, async (moves) => {
            const board = newBoard();
            const expected = await answersOf(sqlite, board, moves);
            expect(await answersOf(other, board, moves)).toEqual(expected);
          }),
          RUNS,
        ),
      WITHIN_MS,
    );
  });
}

/** The results of a store for each move, and its state at the end. */
async function answersOf(storage: Storage, board: Board, moves: readonly Move[]): Promise<unknown[]> {
  const hand: Hand = { claims: [], epochs: new Map() };
  const versions = new Map<string, number>();
  const answers: unknown[] = [];
  for (const move of moves)
    answers.push([String(move), comparable(await move.run(storage, board, hand), versions)]);
  for (const id of board.ids) {
    const { jobs } = storage;
    const all = [await jobs.get(id), await jobs.notices(id), await jobs.images(id)];
    answers.push(comparable(all, versions));
  }
  return answers;
}

/** Each store counts versions in its own way, but all of them have to grow. */
function comparable(answer: unknown, versions: Map<string, number>): unknown {
  return JSON.parse(JSON.stringify(answer ?? null), (_key, value: unknown) => {
    if (!isVersioned(value)) return value;
    const before = versions.get(value.id) ?? 0;
    versions.set(value.id, value.version);
    return { ...value, version: Math.sign(value.version - before) };
  });
}

function isVersioned(value: unknown): value is { id: string; version: number } {
  return typeof value === 'object' && value !== null && 'version' in value && 'id' in value;
}
