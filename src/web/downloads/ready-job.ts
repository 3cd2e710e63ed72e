import { ConflictException, Injectable } from '@nestjs/common';
import type { Archive, Job } from '../../jobs/job.js';
import { JobAccess } from '../jobs/job-access.js';
import type { JobReader } from '../jobs/job-paths.js';

/** A job with an archive, and who asks for its images. */
export interface ReadyJob extends JobReader {
  readonly archive: Archive;
}

/** Finds jobs that have images to give. */
@Injectable()
export class ReadyJobs {
  constructor(private readonly access: JobAccess) {}

  /** @param publicId of the asker. @throws like JobAccess, ConflictException for a job without an archive */
  async forAsker(publicId: string): Promise<ReadyJob> {
    return readyJob(await this.access.byPublicId(publicId), 'asker');
  }

  /** @param token of the shared link. @throws like forAsker */
  async forEverybody(token: string): Promise<ReadyJob> {
    return readyJob(await this.access.byLinkToken(token), 'everybody');
  }
}

/** Links are sent only with an archive, so a valid link without one is early, not wrong. */
function readyJob(job: Job, reader: ReadyJob['reader']): ReadyJob {
  if (job.state !== 'ready' || job.archive === null) throw new ConflictException();
  return { job, archive: job.archive, reader };
}
