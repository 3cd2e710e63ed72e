import { readEnvFile } from './env-file.js';
import type { Environment } from './parse-settings.js';

/** Where, and on what kind of screen, a person has started this process. */
export interface Caller {
  /** Absolute; what the person calls «here». */
  readonly folder: string;
  /** Whether a line that was written can be written over, where there is a terminal at all. */
  readonly canRedraw: boolean;
}

/** How `npm run images` is called: npm goes to the project's folder and says where the person stands. */
export function readCaller(): Caller {
  const { INIT_CWD, npm_lifecycle_event: script, CI = '', TERM } = process.env;
  const isBuildServer = !/^(?:|0|false)$/i.test(CI);
  return {
    // Another script of npm that starts this program in a folder of its choice means that folder.
    folder: script === 'images' && INIT_CWD ? INIT_CWD : process.cwd(),
    canRedraw: !isBuildServer && TERM !== 'dumb',
  };
}

/**
 * The process's environment over what the file `.env` in the working directory says. The only reader of
 * `process.env`.
 * @throws ConfigurationError where `.env` cannot be used
 */
export function readEnvironment(envFile = '.env'): Environment {
  return { ...readEnvFile(envFile), ...process.env };
}
