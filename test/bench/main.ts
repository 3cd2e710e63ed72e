/**
 * `npm run bench -- [names] [--rounds N] [--json FILE]`: measures the project against its bars. Runs without
 * a build (Node strips the types), but measures the build in `dist/`, which is what people run. Names choose
 * bars, e.g. `P1 P3`. Exits with 0 even if a bar is missed: machines are noisy, so people have to judge the
 * figures.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchResult } from './bench.ts';
import { BENCHES } from './benches.ts';
import { tableOf } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, rounds: { type: 'string', default: '5' } },
});

const wanted = positionals.map((name) => name.toUpperCase());
const unknown = wanted.filter((name) => !BENCHES.some((bench) => bench.ids.includes(name)));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}; there are ${BENCHES.flatMap((b) => b.ids).join(', ')}.`,
  );
  process.exit(2);
}

const results: BenchResult[] = [];
for (const bench of BENCHES) {
  if (wanted.length > 0 && !bench.ids.some((id) => wanted.includes(id))) continue;
  const folder = await mkdtemp(join(tmpdir(), 'image-job-bench-'));
  try {
    const say = (line: string): void => console.error(`${bench.ids.join('+')}: ${line}`);
    results.push(...(await bench.run({ folder, rounds: Number(values.rounds), say })));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const shown = results.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
console.log(tableOf(shown));
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(shown, null, 2)}\n`);
