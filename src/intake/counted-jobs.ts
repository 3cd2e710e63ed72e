import { Injectable } from '@nestjs/common';
import type { Job, JobId } from '../jobs/job.js';
import { JobsService, type Sending } from '../jobs/jobs.service.js';
import { queriesOf } from '../jobs/request/request-queries.js';
import { type Counted, countedBySearch, countedFor } from '../limits/counted.js';
import { RateLimits } from '../limits/rate-limits.js';

/** Submits jobs of strangers and counts each job once, however often and however fast it is sent. */
@Injectable()
export class CountedJobs {
  /** Submissions in progress: the same submission again waits for the first and shares its result. */
  private readonly inHand = new Map<JobId, Promise<Job>>();

  constructor(
    private readonly jobs: JobsService,
    private readonly limits: RateLimits,
  ) {}

  /**
   * Counts and records a job. A submission that was made before leads to its job, even if limits are reached.
   * @param counted counts that need room for one more, besides those of the recipients
   * @throws AppError `limits.reached`, with the `timeZone` of the request
   */
  submit(sending: Sending, counted: readonly Counted[]): Promise<Job> {
    if (sending.idempotency === null) return this.countAndSubmit(sending, counted);
    const id = this.jobs.idOf(sending);
    return this.inHand.get(id) ?? this.submitOnce(id, sending, counted);
  }

  private submitOnce(id: JobId, sending: Sending, counted: readonly Counted[]): Promise<Job> {
    const submitted = this.findOrSubmit(id, sending, counted).finally(() => this.inHand.delete(id));
    this.inHand.set(id, submitted);
    return submitted;
  }

  private async findOrSubmit(id: JobId, sending: Sending, counted: readonly Counted[]): Promise<Job> {
    return (await this.jobs.find(id)) ?? (await this.countAndSubmit(sending, counted));
  }

  private async countAndSubmit(
    { door, request, idempotency, excluded }: Sending,
    counted: readonly Counted[],
  ): Promise<Job> {
    const own = countedBySearch(counted, queriesOf(request).length);
    const all = [...own, ...countedFor(request.recipients)];
    await this.limits.consumeOrThrow(all, { timeZone: request.timeZone });
    return this.jobs.submit(door, request, idempotency, excluded);
  }
}
