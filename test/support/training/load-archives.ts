import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ROOT } from '../../../scripts/setup/set-up.mjs';
import { trainingPython } from '../../../scripts/setup/training.mjs';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('load-archives.py', import.meta.url));
const DEADLINE_MS = 60_000;
const MAX_OUTPUT = 2 ** 26;

/** One row of a data set; its image is the size of the decoded picture. */
export interface LoadedRow {
  readonly image: readonly [width: number, height: number];
  readonly [column: string]: unknown;
}

/** An archive as the libraries see it. */
export interface LoadedArchive {
  /** The parts that `datasets` finds, for archives with captions. */
  readonly parts?: Readonly<Record<string, { readonly types: object; readonly rows: readonly LoadedRow[] }>>;
  /** For others, the images of each class folder, in the order of their numbers. */
  readonly classes?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Declares tests that need the `datasets` library; without it they are reported as skipped, with the reason. */
export function describeWithDatasets(declare: (python: string) => void): void {
  const python = trainingPython(ROOT);
  if (python !== null) describe('with the datasets library', () => declare(python));
  else describe.skip('with the datasets library (not run: it is not installed)', () => declare(''));
}

/**
 * Loads archives with the real library.
 * @param folder empty, for unpacked archives and the library's cache
 * @param archives paths; the result has their names without extension
 */
export async function loadArchives(
  python: string,
  folder: string,
  archives: readonly string[],
): Promise<Readonly<Record<string, LoadedArchive>>> {
  const env = {
    ...process.env,
    HF_HUB_OFFLINE: '1',
    HF_HOME: folder,
    HF_DATASETS_DISABLE_PROGRESS_BARS: '1',
  };
  const { stdout } = await run(python, ['-B', SCRIPT, folder, ...archives], {
    env,
    timeout: DEADLINE_MS,
    maxBuffer: MAX_OUTPUT,
  });
  // The script prints nothing else.
  return JSON.parse(stdout) as Readonly<Record<string, LoadedArchive>>;
}
