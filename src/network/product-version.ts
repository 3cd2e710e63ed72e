import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errorCode } from '../jobs/error-code.js';

/**
 * Reads the version of the project's package.json, found from this file upwards (sources and build have
 * different depths).
 * @throws Error if there is none, which means a broken installation
 */
export function productVersion(folder = dirname(fileURLToPath(import.meta.url))): string {
  const version = versionIn(join(folder, 'package.json'));
  if (version !== null) return version;
  if (dirname(folder) === folder) throw new Error('package.json of image-job was not found');
  return productVersion(dirname(folder));
}

function versionIn(path: string): string | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  const content: unknown = JSON.parse(text);
  const isOurs = isRecord(content) && content['name'] === 'image-job';
  return isOurs && typeof content['version'] === 'string' ? content['version'] : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
