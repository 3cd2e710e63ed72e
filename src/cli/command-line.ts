import { parseArgs, types } from 'node:util';
import { nearestName } from '../config/nearest-name.js';
import { DEFAULT_COUNT } from '../jobs/request/main-fields.js';
import { REQUEST_FIELDS } from '../jobs/request/request-fields.js';
import type { RawFields } from '../validation/problem.js';
import { MORE_OPTIONS, MORE_USAGE, moreFieldsIn } from './more-options.js';

/** A parsed command line. The validation checks the request itself. */
export interface CommandLine {
  /** Undefined: there is a list instead. */
  readonly query: string | undefined;
  /** Path of a list of searches, `-` for standard input; undefined: there is one query. */
  readonly from?: string | undefined;
  readonly count: string;
  readonly email: string | undefined;
  /**
   * Path of the zip; `-` is standard output, undefined is a name made from the query in the current folder.
   */
  readonly out: string | undefined;
  /** Whether an existing file may be overwritten. */
  readonly force: boolean;
  /** Whether standard output gets the job as JSON instead of the path of the zip. */
  readonly json: boolean;
  /** Whether only errors are shown. */
  readonly quiet: boolean;
  /** Filters and options of the zip, as raw fields. */
  readonly more: RawFields;
}

/** A command line, or the text to print instead of running. */
export type ReadCommandLine =
  | { readonly ok: true; readonly command: CommandLine }
  | { readonly ok: false; readonly isHelp: true; readonly text: string }
  | { readonly ok: false; readonly isHelp: false; readonly text: string; readonly json: boolean };

/** The value of `--out` for standard output. */
export const TO_OUTPUT = '-';

/** The text of `--help`. */
export const USAGE = `Usage: npm run images -- "<query>" [options]
       npm run images -- --from list.txt [options]

Collects images for the query, or for each search of a list, and writes them as one zip.

  --from FILE        a list: a search per line, or a CSV; - for standard input. A line may have a name
                     and a number of its own: ${REQUEST_FIELDS.queries.example}
  --prefix WORDS     words before each search of the list
  --suffix WORDS     words behind each search of the list
  --count N          how many images, 1 to 500 (default ${DEFAULT_COUNT}); of each search without its own number
  -o, --out FILE     where the zip goes, - for standard output (default: named after the query, here)
  -f, --force        overwrite FILE where it is there already
  --email ADDRESS    also tell this address when it starts and ends
  --json             print the job as one JSON object, as the HTTP API gives it, with the path of the zip
  -q, --quiet        show nothing but errors
  -h, --help         this text

What the images and the zip must be like:
${MORE_USAGE}

Standard output gets the path of the zip and nothing else, the screen all the rest:
  zip=$(npm run -s images -- "red panda")

Ends with one of these codes:
  0    the zip was written
  1    the job failed, or its zip could not be written
  2    the request was wrong, or FILE cannot be written; nothing was started
  130  interrupted (Ctrl-C); the job is cancelled
LOG_LEVEL=debug shows all that is logged.`;

/** The advice for a command line that cannot be read. */
export const HINT = 'npm run images -- --help lists the options.';

/** Parses the words after the program's name. */
export function readCommandLine(words: readonly string[]): ReadCommandLine {
  // Problems of the command line are also printed as JSON if that was asked for.
  const isJson = words.includes('--json');
  try {
    const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options: OPTIONS });
    if (values.help) return { ok: false, isHelp: true, text: USAGE };
    const { from, count, email, out, force, json, quiet } = values;
    if (positionals.length === 0 && from === undefined) return refuse('Say what to search for.', isJson);
    if (positionals.length > 0 && from !== undefined)
      return refuse('There is a query and a list (--from). Leave one of them out.', isJson);
    if (json && out === TO_OUTPUT)
      return refuse('--json and --out - both want standard output. Leave one of them out.', isJson);
    const more = moreFieldsIn(values);
    return {
      ok: true,
      command: {
        query: from === undefined ? positionals.join(' ') : undefined,
        from,
        count,
        email,
        out,
        force,
        json,
        quiet,
        more,
      },
    };
  } catch (error) {
    return refuse(problemOf(error), isJson);
  }
}

const OPTIONS = {
  from: { type: 'string' },
  count: { type: 'string', default: String(DEFAULT_COUNT) },
  out: { type: 'string', short: 'o' },
  force: { type: 'boolean', short: 'f', default: false },
  email: { type: 'string' },
  json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', short: 'q', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  ...MORE_OPTIONS,
} as const;

function refuse(text: string, json: boolean): ReadCommandLine {
  return { ok: false, isHelp: false, text, json };
}

/** Node's message without its advice, and the option that was probably meant. */
function problemOf(error: unknown): string {
  const [problem = ''] = (types.isNativeError(error) ? error.message : String(error)).split('. ');
  const [, unknown = ''] = /^Unknown option '(-[^']+)'/.exec(problem) ?? [];
  const known = Object.keys(OPTIONS).map((name) => `--${name}`.toUpperCase());
  const meant = nearestName(unknown, known)?.toLowerCase();
  return `${problem}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`;
}
