import { readEnvironment } from './environment.js';
import { ConfigurationError, parseSettings } from './parse-settings.js';
import { loadSecrets } from './secret-file.js';
import { idleSecretFiles, withSecretFiles } from './secret-settings.js';
import type { Secrets } from './secrets.js';
import type { Settings } from './settings.js';

/** The configuration a process needs before it builds anything. */
export interface BootConfiguration {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly warnings: readonly string[];
}

/**
 * Reads and checks the environment. If it cannot be used, prints every problem and ends the process with code
 * 1.
 */
export function bootConfiguration(): BootConfiguration {
  try {
    return readConfiguration();
  } catch (error) {
    process.stderr.write(`${configurationFailure(error)}\n`);
    process.exit(1);
  }
}

/** Reads and checks the environment. @throws Error that {@link configurationFailure} explains */
export function readConfiguration(): BootConfiguration {
  const environment = readEnvironment();
  const { settings, warnings } = parseSettings(withSecretFiles(environment));
  return {
    settings,
    secrets: loadSecrets(settings),
    warnings: [...warnings, ...idleSecretFiles(environment)],
  };
}

/** Explains to the person at the terminal why the environment cannot be used and what helps. */
export function configurationFailure(error: unknown): string {
  if (error instanceof ConfigurationError) return error.message;
  const detail = error instanceof Error ? error.message : String(error);
  return `DATA_DIR cannot be used (${detail}). Set DATA_DIR to a folder that this user can write to.`;
}
