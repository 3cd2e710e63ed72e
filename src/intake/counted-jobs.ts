import { Injectable } from '@nestjs/common';
import type { Job, JobId } from '../jobs/job.js';
import { JobsService, type Sending } from '../jobs/jobs.service.js';
import type { Counted } from '../limits/counted.js';
import { RateLimits } from '../limits/rate-limits.js';

/** Jobs that strangers ask for: each is counted once, however often and however fast it is sent. */
@Injectable()
export class CountedJobs {
  /** What is being taken right now: the same submission again waits for the first and shares its fate. */
  private readonly inHand = new Map<JobId, Promise<Job>>();

  constructor(
    private readonly jobs: JobsService,
    private readonly limits: RateLimits,
  ) {}

  /**
   * Counts and records a job; what was sent before leads to its job, though limits may be reached.
   * @param counted whose counts have to have room for one more
   * @throws AppError `limits.reached`, with the `timeZone` of the request
   */
  submit(sending: Sending, counted: readonly Counted[]): Promise<Job> {
    if (sending.idempotency === null) return this.countAndSubmit(sending, counted);
    const id = this.jobs.idOf(sending);
    return this.inHand.get(id) ?? this.submitCounted(id, sending, counted);
  }

  private submitCounted(id: JobId, sending: Sending, counted: readonly Counted[]): Promise<Job> {
    const taken = this.findOrSubmit(id, sending, counted).finally(() => this.inHand.delete(id));
    this.inHand.set(id, taken);
    return taken;
  }

  private async findOrSubmit(id: JobId, sending: Sending, counted: readonly Counted[]): Promise<Job> {
    return (await this.jobs.find(id)) ?? (await this.countAndSubmit(sending, counted));
  }

  private async countAndSubmit(sending: Sending, counted: readonly Counted[]): Promise<Job> {
    await this.limits.takeOrThrow(counted, { timeZone: sending.request.timeZone });
    return this.jobs.submit(sending.door, sending.request, sending.idempotency);
  }
}
