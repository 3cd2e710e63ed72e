import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'test/bench';
/** A module loaded from the build, with the source file of its type if the call names one. */
const LOADED = /(?:import\('(?:\.\.\/)+src\/([^']+)'\)\s*)?>\(\s*'([\w./-]+\.js)'/g;

describe('the benchmarks', () => {
  const loaded = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [...readFileSync(join(FOLDER, name), 'utf8').matchAll(LOADED)])
    .map(([, type, path = '']) => ({ type: type ?? path, path }));

  it('load modules of the build that have a source file', () => {
    expect(loaded.length).toBeGreaterThan(20);
    const missing = loaded.filter(({ path }) => !existsSync(join('src', path.replace(/js$/, 'ts'))));
    expect(missing).toEqual([]);
  });

  it('load each module with the type of the same file', () => {
    expect(loaded.filter(({ type, path }) => type !== path)).toEqual([]);
  });
});
