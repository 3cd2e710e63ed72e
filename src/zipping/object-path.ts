import { join } from 'node:path';
import { AppError } from '../jobs/app-error.js';
import type { JobId } from '../jobs/job.js';
import type { ArchiveName } from './archive-store.port.js';

const JOB_ID = /^[0-9a-f]{32}$/;
const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Whether `name` is a job id and thus the name of a job's folder. */
export function isJobId(name: string): name is JobId {
  return JOB_ID.test(name);
}

/** The folder of a job under `root`. @throws AppError `internal.unexpected` if `id` is no job id */
export function folderOf(root: string, id: JobId): string {
  if (!isJobId(id)) throw new AppError('internal.unexpected', { reason: 'not a job id' });
  return join(root, id);
}

/**
 * The file of an object under `root`. @throws AppError `internal.unexpected` if the name was not made here
 */
export function fileOf(root: string, name: ArchiveName): string {
  const [id = '', ...segments] = name.split('/');
  const isOurs = segments.length > 0 && segments.every((segment) => SEGMENT.test(segment));
  if (!isOurs) throw new AppError('internal.unexpected', { reason: 'not an object name' });
  return join(folderOf(root, id), ...segments);
}
