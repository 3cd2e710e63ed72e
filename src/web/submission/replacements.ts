import { Injectable } from '@nestjs/common';
import type { Job, Recipient } from '../../jobs/job.js';
import { JobTokens, type PublicJobId } from '../../jobs/job-tokens.js';
import { JobsService } from '../../jobs/jobs.service.js';
import type { RawFields } from '../../validation/problem.js';

/** Jobs that a sent form replaces: its hidden field `replaces` has the id of one. */
@Injectable()
export class Replacements {
  constructor(
    private readonly tokens: JobTokens,
    private readonly jobs: JobsService,
  ) {}

  /** @returns the id in the field; null if there is none, or a forged one */
  idIn({ replaces }: { readonly replaces?: unknown }): PublicJobId | null {
    if (typeof replaces !== 'string') return null;
    return this.tokens.readPublicId(replaces) === null ? null : replaces;
  }

  /** @returns the job that a form replaces, or null */
  async find(raw: RawFields): Promise<Job | null> {
    const { replaces } = raw;
    const id = typeof replaces === 'string' ? this.tokens.readPublicId(replaces) : null;
    return id === null ? null : this.jobs.find(id);
  }

  /** The chats that a job tells: the form has no fields for them. */
  chatsOf(job: Job | null): readonly Recipient[] {
    return job?.request.recipients.filter(({ channel }) => channel !== 'email') ?? [];
  }

  /** Cancels a replaced job, unless it has ended meanwhile. */
  async cancel({ id }: Job): Promise<void> {
    await this.jobs.cancelIfOpen(id);
  }
}
