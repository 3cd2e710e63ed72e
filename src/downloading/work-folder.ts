import { opendir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { AppError } from '../jobs/app-error.js';
import { makeFolder, onDisk } from '../jobs/disk/disk-error.js';
import { errorCode } from '../jobs/error-code.js';
import type { ImageRecord, KeptFile } from '../jobs/image-record.js';
import type { JobId } from '../jobs/job.js';

const PART = '.part';
const JOB_ID = /^[0-9a-f]{32}$/;

/** The images of running jobs: `DATA_DIR/work/<job id>/<sha256>.<format>`; deleted once they are packed. */
@Injectable()
export class WorkFolder {
  private readonly root: string;

  constructor(@Inject(SETTINGS_TOKEN) settings: Pick<Settings, 'dataDir'>) {
    this.root = resolve(settings.dataDir, 'work');
  }

  /** The path of a kept image. */
  pathOf(id: JobId, file: Pick<KeptFile, 'sha256' | 'format'>): string {
    return join(this.folderOf(id), `${file.sha256}.${file.format}`);
  }

  /** Whether the file of a kept image exists with all its bytes. */
  async has(id: JobId, file: KeptFile): Promise<boolean> {
    const found = await stat(this.pathOf(id, file)).catch(nullIfMissing);
    return found?.isFile() === true && found.size === file.bytes;
  }

  /** @returns the bytes of a kept image @throws AppError `internal.unexpected` for any other record */
  async read(id: JobId, record: ImageRecord): Promise<Buffer> {
    if (record.outcome.status !== 'kept') throw new AppError('internal.unexpected', { reason: 'not kept' });
    return readFile(this.pathOf(id, record.outcome.file));
  }

  /**
   * Makes the job's folder and removes unfinished files of a killed run.
   * @throws AppError `disk.full`, `disk.not_writable`
   */
  async prepare(id: JobId): Promise<void> {
    const folder = this.folderOf(id);
    await onDisk(async () => {
      await makeFolder(folder);
      const names = await readdir(folder);
      const parts = names.filter((name) => name.endsWith(PART));
      await Promise.all(parts.map((name) => rm(join(folder, name), { force: true })));
    });
  }

  /** A new path for a download. */
  newPartPath(id: JobId): string {
    return join(this.folderOf(id), `${randomUUID()}${PART}`);
  }

  /** Deletes an image that is no longer kept. */
  async removeImage(id: JobId, file: Pick<KeptFile, 'sha256' | 'format'>): Promise<void> {
    await onDisk(() => rm(this.pathOf(id, file), { force: true }));
  }

  /** Deletes everything of a job. Deleting twice is no error. */
  async remove(id: JobId): Promise<void> {
    await rm(this.folderOf(id), { recursive: true, force: true, maxRetries: 3 });
  }

  /** The ids of all jobs that have a folder. */
  async *jobs(): AsyncGenerator<JobId, void, void> {
    const root = await opendir(this.root).catch(nullIfMissing);
    if (root === null) return;
    for await (const entry of root) if (JOB_ID.test(entry.name)) yield entry.name;
  }

  private folderOf(id: JobId): string {
    // Ids are made here, but a wrong one must never become a path.
    if (!JOB_ID.test(id)) throw new AppError('internal.unexpected', { reason: 'not a job id' });
    return join(this.root, id);
  }
}

function nullIfMissing(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null;
  throw error;
}
