import { Injectable } from '@nestjs/common';
import type { ErrorContext } from '../jobs/app-error.js';
import type { Instant } from '../jobs/clock.port.js';
import type { Door, Job, Recipient } from '../jobs/job.js';
import type { Idempotency } from '../jobs/job-tokens.js';
import type { FollowUp } from '../jobs/request/follow-up.js';
import { JobsService, type Sending } from '../jobs/jobs.service.js';
import type { Counted } from '../limits/counted.js';
import { RateLimits } from '../limits/rate-limits.js';
import type { Problem, RawFields } from '../validation/problem.js';
import { ownField, valueOf } from '../validation/reading.js';
import { type DoorRules, RequestValidator } from '../validation/request-validator.js';
import { readTimeZone } from '../validation/times/time-zones.js';
import type { AskedRequest } from '../validation/validate-request.js';
import { CountedJobs } from './counted-jobs.js';

/** How a request reached a door. */
export interface Arrival {
  readonly door: Door;
  /** The sender, with the key under which the same request leads to the same job; null: every request is new. */
  readonly sender: Pick<Idempotency, 'requester' | 'key'> | null;
  /** Counted for the limits, besides the recipients. */
  readonly counted: readonly Counted[];
  /** Recipients besides those of the fields; absent: none. */
  readonly alsoTold?: readonly Recipient[];
}

/** The job of a request, or everything that is wrong with the request. */
export type Taken =
  { readonly ok: true; readonly job: Job } | { readonly ok: false; readonly problems: readonly Problem[] };

/** The one way from raw fields to a job: validate, look for an earlier sending, count, submit. */
@Injectable()
export class Intake {
  constructor(
    private readonly validator: RequestValidator,
    private readonly jobs: JobsService,
    private readonly countedJobs: CountedJobs,
    private readonly limits: RateLimits,
  ) {}

  /**
   * Takes a request. A request that was sent before leads to its job, even if its time is over by now or a limit is
   * reached.
   * @throws AppError `limits.reached`
   */
  async take(raw: RawFields, rules: DoorRules, arrival: Arrival): Promise<Taken> {
    // Without a key nothing was sent before: refuse a flood before reading any further.
    if (arrival.sender === null) await this.limits.throwIfReached(arrival.counted, zoneIn(raw));
    const validated = this.validator.validate(raw, rules);
    if (validated.ok) return { ok: true, job: await this.submit(validated, arrival) };
    const earlier = await this.earlier(validated.late, arrival);
    return earlier === null ? validated : { ok: true, job: earlier };
  }

  /** Counts and submits a valid request. @throws AppError `limits.reached` */
  submit(asked: AskedRequest, arrival: Arrival): Promise<Job> {
    return this.countedJobs.submit(sendingOf(asked, arrival), arrival.counted);
  }

  /**
   * Submits the request of `job` once more; asked for twice, it is the same new job.
   * @param at when it starts; absent: now
   * @throws AppError `limits.reached`
   */
  again(job: Job, counted: readonly Counted[], at?: Instant): Promise<Job> {
    return this.countedJobs.submit(this.jobs.onceMore(job, at), counted);
  }

  /**
   * Submits what goes on after a ready job, due now; asked for twice, it is the same new job.
   * @throws AppError `limits.reached`, `job.not_possible_now`
   */
  async goOn(job: Job, kind: FollowUp, counted: readonly Counted[]): Promise<Job> {
    return this.countedJobs.submit(await this.jobs.goingOn(job, kind), counted);
  }

  /** @param late a request whose time is over */
  private async earlier(late: AskedRequest | null, arrival: Arrival): Promise<Job | null> {
    if (late === null || arrival.sender === null) return null;
    return this.jobs.find(this.jobs.idOf(sendingOf(late, arrival)));
  }
}

function sendingOf({ request, askedFor }: AskedRequest, { door, sender, alsoTold = [] }: Arrival): Sending {
  return {
    door,
    request: { ...request, recipients: [...request.recipients, ...alsoTold] },
    idempotency: sender === null ? null : { ...sender, askedFor },
  };
}

/** The time zone of a request, if it can be read. */
function zoneIn(raw: RawFields): ErrorContext {
  const timeZone = valueOf(readTimeZone(ownField(raw, 'timeZone'))) ?? '';
  return timeZone === '' ? {} : { timeZone };
}
