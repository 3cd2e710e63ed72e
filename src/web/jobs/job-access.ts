import { GoneException, Injectable, NotFoundException } from '@nestjs/common';
import type { Job, JobId } from '../../jobs/job.js';
import { JobTokens } from '../../jobs/job-tokens.js';
import { JobsService } from '../../jobs/jobs.service.js';

/** Finds jobs by the tokens in addresses. */
@Injectable()
export class JobAccess {
  constructor(
    private readonly tokens: JobTokens,
    private readonly jobs: JobsService,
  ) {}

  /**
   * @param publicId of the asker.
   * @throws NotFoundException for a forged id, GoneException for a deleted job
   */
  async byPublicId(publicId: string): Promise<Job> {
    return this.find(this.tokens.readPublicId(publicId));
  }

  /** @param token of the shared link. @throws like byPublicId */
  async byLinkToken(token: string): Promise<Job> {
    return this.find(this.tokens.readLinkToken(token));
  }

  private async find(id: JobId | null): Promise<Job> {
    if (id === null) throw new NotFoundException();
    const job = await this.jobs.find(id);
    if (job === null) throw new GoneException();
    return job;
  }
}
