import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFileError } from './file-error.js';
import { Secrets } from './secrets.js';
import type { Settings } from './settings.js';

/**
 * Loads the secrets of this installation: SECRET if it is set, else the one in `DATA_DIR/secret`, created on
 * first start with mode 600. Processes that start together end up with the same one.
 */
export function loadSecrets(settings: Pick<Settings, 'secret' | 'previousSecrets' | 'dataDir'>): Secrets {
  const current = settings.secret ?? readOrMakeSecret(settings.dataDir);
  return new Secrets([current, ...settings.previousSecrets]);
}

function readOrMakeSecret(dataDir: string): string {
  const path = join(dataDir, 'secret');
  return readSecret(path) ?? makeSecret(dataDir, path);
}

function readSecret(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return null;
    throw error;
  }
}

/**
 * Writes a temporary file and links it into place: a half-written secret is never seen, and the first writer
 * wins.
 */
function makeSecret(dataDir: string, path: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  const made = randomBytes(32).toString('base64url');
  writeFileSync(aside, made, { mode: 0o600, flush: true });
  try {
    linkSync(aside, path);
    return made;
  } catch (error) {
    if (isFileError(error, 'EEXIST')) return readFileSync(path, 'utf8').trim();
    throw error;
  } finally {
    rmSync(aside);
  }
}
