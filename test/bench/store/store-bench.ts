import type { Bench, BenchContext, BenchResult } from '../bench.ts';
import { type BuiltStore, builtSqlite, builtStores } from './built-stores.ts';
import { costOf } from './cost.ts';
import { fillBySubmit } from './fill-by-submit.ts';
import { fillSqlite } from './fill-sqlite.ts';
import { type Filled, scaleOf } from './scale.ts';

const FEW = 1000;
const MANY = 100_000;
const MILLION = 1_000_000;

/** Cost of a job in each store, and whether it stays the same with a hundred thousand scheduled jobs. */
export const storeBench: Bench = {
  ids: ['STORE'],
  async run(context) {
    const results: BenchResult[] = [];
    for (const built of await builtStores(context)) {
      results.push(...(await costOf(built, context)));
      const filled = [await fill(built, FEW, context), await fill(built, MANY, context)] as const;
      results.push(...(await scaleOf(built.name, 'STORE', filled, context)));
      for (const { storage } of filled) await storage.close();
      await built.stop();
    }
    return results;
  },
};

/** P9: one million scheduled jobs. Needs a minute and 2 GB of disk, so it runs only if named. */
export const millionBench: Bench = {
  ids: ['P9'],
  async run(context) {
    if (!process.argv.some((name) => name.toUpperCase() === 'P9')) {
      context.say('left out: it needs 2 GB of disk; `npm run bench -- P9` runs it');
      return [];
    }
    const built = await builtSqlite(context.folder);
    const few = await fillSqlite(built, context.folder, FEW);
    const many = await fillSqlite(built, context.folder, MILLION);
    const results = await scaleOf(built.name, 'P9', [few, many], context);
    await few.storage.close();
    await many.storage.close();
    await built.stop();
    return results;
  },
};

function fill(built: BuiltStore, jobs: number, { folder, say }: BenchContext): Promise<Filled> {
  return built.name === 'SQLite' ? fillSqlite(built, folder, jobs) : fillBySubmit(built, jobs, say);
}
