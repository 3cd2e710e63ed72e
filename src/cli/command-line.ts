import { parseArgs } from 'node:util';
import type { RawFields } from '../validation/problem.js';
import { MORE_OPTIONS, MORE_USAGE, moreFieldsIn } from './more-options.js';

/** What a person typed, checked for its form; the request itself is checked by the validation room. */
export interface CommandLine {
  readonly query: string;
  readonly count: string;
  readonly email: string | undefined;
  /** Where the zip goes; undefined: a name made from the query, in the working directory. */
  readonly out: string | undefined;
  /** Filters and options of the zip, as raw fields. */
  readonly more: RawFields;
}

/** A command line, or what to print instead of running. */
export type ReadCommandLine =
  | { readonly ok: true; readonly command: CommandLine }
  | { readonly ok: false; readonly isHelp: boolean; readonly text: string };

/** What `--help` prints. */
export const USAGE = `Usage: npm run images -- "<query>" [options]

Collects images for the query and writes them as one zip.

  --count N          how many images, 1 to 500 (default 50)
  --out FILE.zip     where the zip goes (default: named after the query, here)
  --email ADDRESS    also tell this address when it starts and ends
  --help             this text

What the images and the zip must be like:
${MORE_USAGE}

Ends with 0 when a zip was written, 1 when the job failed, 2 when the request was wrong, 130 when interrupted.
LOG_LEVEL=debug shows all that is logged.`;

/** Reads the words after the program's name. */
export function readCommandLine(words: readonly string[]): ReadCommandLine {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        count: { type: 'string', default: '50' },
        out: { type: 'string' },
        email: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
        ...MORE_OPTIONS,
      },
    });
    if (values.help) return { ok: false, isHelp: true, text: USAGE };
    if (positionals.length === 0) return refuse('Say what to search for.');
    const { count, email, out } = values;
    return {
      ok: true,
      command: { query: positionals.join(' '), count, email, out, more: moreFieldsIn(values) },
    };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function refuse(problem: string): ReadCommandLine {
  return { ok: false, isHelp: false, text: `${problem}\n\n${USAGE}` };
}
