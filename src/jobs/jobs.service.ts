import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { AppError } from './app-error.js';
import { CHANNELS } from './channels.js';
import { Clock, type Instant } from './clock.port.js';
import { failureReport } from './wording/failure-report.js';
import type { Door, Job, JobId, JobRequest } from './job.js';
import { isFinal } from './job-states.js';
import { endsAt } from './job-steps.js';
import { type Idempotency, JobTokens } from './job-tokens.js';
import { JobQueue } from './job-queue.port.js';
import { JobStore } from './job-store.port.js';
import { purgeInstant } from './retention.js';

/** One sending of a request. */
export interface Sending {
  readonly door: Door;
  readonly request: JobRequest;
  /** Given, the same sending again is for the same job. */
  readonly idempotency: Idempotency | null;
}

/** What every door can do with jobs. */
@Injectable()
export class JobsService {
  constructor(
    private readonly store: JobStore,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly tokens: JobTokens,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  /**
   * Records a job and sees to it that it starts when it is due.
   * @param idempotency given, the same submission again answers the job of the first
   */
  async submit(door: Door, request: JobRequest, idempotency: Idempotency | null = null): Promise<Job> {
    const submittedAt = this.clock.now();
    const { job } = await this.store.submit({
      id: this.tokens.newId(door, request, idempotency),
      door,
      request,
      submittedAt,
      purgeAt: purgeInstant(request.dueAt, this.settings.linkTtlMs),
      asksToConfirm: this.asksToConfirm(request),
    });
    if (!isFinal(job.state)) await this.queue.schedule(job.id, job.dueAt);
    return job;
  }

  /** Whether an address that a request names is asked by a first mail before it gets any notice. */
  asksToConfirm({ recipients }: JobRequest): boolean {
    return this.settings.confirmEmail && recipients.some(({ channel }) => CHANNELS[channel].asksToConfirm);
  }

  /** Whether a mail server is set: without one, notices by e-mail are only kept. */
  get sendsMail(): boolean {
    return this.settings.smtpUrl !== null;
  }

  /** @returns the id of the job that a sending is for: a new one each time where it has no idempotency */
  idOf({ door, request, idempotency }: Sending): JobId {
    return this.tokens.newId(door, request, idempotency);
  }

  /** @returns the job, or null when there is none or its time has run out */
  async find(id: JobId): Promise<Job | null> {
    const job = await this.store.get(id);
    return job === null || endsAt(job) <= this.clock.now() ? null : job;
  }

  /** @throws AppError `job.not_found` */
  async get(id: JobId): Promise<Job> {
    const job = await this.find(id);
    if (job === null) throw new AppError('job.not_found');
    return job;
  }

  /** Stops a job before or while it runs. @throws AppError `job.not_found`, `job.not_possible_now` */
  async cancel(id: JobId): Promise<Job> {
    await this.get(id);
    const now = this.clock.now();
    return orRefuse(await this.store.cancel(id, now, now + this.settings.linkTtlMs));
  }

  /**
   * What asks for the same as `job` once more; asked for twice, it is the same new job.
   * @param at when it starts; now, where it is absent or over
   */
  onceMore({ id, door, request }: Job, at: Instant = this.clock.now()): Sending {
    const now = this.clock.now();
    const isAhead = at > now;
    const again = { ...request, dueAt: isAhead ? at : now, startsNow: !isAhead };
    return {
      door,
      request: again,
      idempotency: { requester: 'retry', key: id, askedFor: isAhead ? at : null },
    };
  }

  /**
   * When the search engines that made `job` fail can be asked again.
   * @returns null where waiting does not help, or takes longer than MAX_AHEAD
   */
  laterTime(job: Job): Instant | null {
    const at = job.state === 'failed' ? (failureReport(job).askAgain?.at ?? null) : null;
    return at === null || at - this.clock.now() > this.settings.maxAheadMs ? null : at;
  }

  /** Keeps a ready job's link for one LINK_TTL more, once. @throws AppError `job.not_found`, `job.not_possible_now` */
  async extend(id: JobId): Promise<Job> {
    const job = await this.get(id);
    if (job.expiresAt === null) throw new AppError('job.not_possible_now');
    const extended = await this.store.extend(id, this.clock.now(), job.expiresAt + this.settings.linkTtlMs);
    return orRefuse(extended);
  }

  /**
   * Ends a job now: an open one is cancelled first. Its link answers «expired» at once; the sweeper deletes
   * files and records next. @throws AppError `job.not_found`, `job.not_possible_now`
   */
  async delete(id: JobId): Promise<Job> {
    const { state } = await this.get(id);
    const now = this.clock.now();
    // One that has just ended by itself is not cancelled any more, and deleted all the same.
    if (!isFinal(state)) await this.store.cancel(id, now, now + this.settings.linkTtlMs);
    return orRefuse(await this.store.expireAt(id, now));
  }
}

function orRefuse(job: Job | null): Job {
  if (job === null) throw new AppError('job.not_possible_now');
  return job;
}
