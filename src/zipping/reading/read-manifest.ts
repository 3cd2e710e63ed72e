import { AppError } from '../../jobs/app-error.js';
import type { Manifest, ManifestFile } from '../manifest.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads `manifest.json` of an archive of this or an earlier version.
 * @throws AppError `archive.failed` if it is damaged
 */
export function readManifest(text: string): Manifest {
  const value = parsed(text);
  if (isManifest(value)) return value;
  throw new AppError('archive.failed', { reason: 'no manifest' });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('archive.failed', { reason: 'manifest is no JSON' }, error);
  }
}

/** Checks what pages and companions need; we wrote the rest ourselves. */
function isManifest(value: unknown): value is Manifest {
  return (
    isFields(value) &&
    ['query', 'timeZone', 'dueAt', 'packedAt'].every((field) => typeof value[field] === 'string') &&
    ['askedFor', 'delivered'].every((field) => typeof value[field] === 'number') &&
    ['shortfall', 'engines'].every((field) => Array.isArray(value[field])) &&
    Number.isFinite(Date.parse(String(value['packedAt']))) &&
    Array.isArray(value['files']) &&
    value['files'].every(isManifestFile)
  );
}

function isManifestFile(value: unknown): value is ManifestFile {
  return (
    isFields(value) &&
    ['file', 'engine', 'format', 'sha256'].every((field) => typeof value[field] === 'string') &&
    ['width', 'height', 'bytes'].every((field) => typeof value[field] === 'number') &&
    ['url', 'page', 'title', 'site'].every((field) => isTextOrNull(value[field]))
  );
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
