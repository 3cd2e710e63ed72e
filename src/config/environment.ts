import { readEnvFile } from './env-file.js';
import type { Environment } from './parse-settings.js';

/** The folder and the kind of screen that a person started this process from. */
export interface Caller {
  /** Absolute path of the person's working directory. */
  readonly folder: string;
  /** Whether written lines can be overwritten, if there is a terminal at all. */
  readonly canRedraw: boolean;
}

/**
 * Reads how `npm run images` was called: npm changes to the project's folder and passes the person's folder
 * on.
 */
export function readCaller(): Caller {
  const { INIT_CWD, npm_lifecycle_event: script, CI = '', TERM } = process.env;
  const isBuildServer = !/^(?:|0|false)$/i.test(CI);
  return {
    // A script of npm that starts this program in a folder of its choice means that folder.
    folder: script === 'images' && INIT_CWD ? INIT_CWD : process.cwd(),
    canRedraw: !isBuildServer && TERM !== 'dumb',
  };
}

/**
 * Merges the process's environment over the file `.env` in the working directory. The only reader of
 * `process.env`.
 * @throws ConfigurationError if `.env` cannot be used
 */
export function readEnvironment(envFile = '.env'): Environment {
  return { ...readEnvFile(envFile), ...process.env };
}
