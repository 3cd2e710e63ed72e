import { readEnvFile } from './env-file.js';
import type { Environment } from './parse-settings.js';

/**
 * The process's environment over what the file `.env` in the working directory says. The only reader of
 * `process.env`.
 * @throws ConfigurationError where `.env` cannot be used
 */
export function readEnvironment(envFile = '.env'): Environment {
  return { ...readEnvFile(envFile), ...process.env };
}
