import { readFileSync } from 'node:fs';
import { ConfigurationError, type Environment } from './parse-settings.js';
import type { Setting } from './setting.js';
import { SETTINGS } from './settings.js';

const SUFFIX = '_FILE';

/**
 * Reads secrets from files: if `SMTP_URL_FILE` names a file and `SMTP_URL` is not set, the file's text is its
 * value. Works for every secret setting, so that no secret has to be in an environment.
 * @throws ConfigurationError if such a file cannot be read
 */
export function withSecretFiles(environment: Environment): Environment {
  const secrets: Setting<unknown>[] = Object.values(SETTINGS).filter(isSecret);
  const fromFiles = secrets.flatMap(({ name }) => {
    const path = environment[`${name}${SUFFIX}`];
    const isWanted = path !== undefined && path !== '' && (environment[name] ?? '') === '';
    return isWanted ? [[name, readSecretFile(name, path)] as const] : [];
  });
  return { ...environment, ...Object.fromEntries(fromFiles) };
}

/** Explains for each file that a setting names why it is not read. */
export function idleSecretFiles(environment: Environment): string[] {
  const settings: Setting<unknown>[] = Object.values(SETTINGS);
  return settings
    .filter(({ name }) => (environment[`${name}${SUFFIX}`] ?? '') !== '')
    .flatMap((setting) => {
      const { name } = setting;
      if (!isSecret(setting)) return [`${name}${SUFFIX} has no effect: only secrets are read from files.`];
      return (environment[name] ?? '') === ''
        ? []
        : [`${name}${SUFFIX} has no effect, because ${name} is set.`];
    });
}

function isSecret(setting: Setting<unknown>): boolean {
  return setting.isSecret === true;
}

function readSecretFile(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError([`${name}${SUFFIX}: the file cannot be read (${why}).`]);
  }
}
