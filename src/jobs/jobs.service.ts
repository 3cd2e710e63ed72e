import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { AppError } from './app-error.js';
import { CHANNELS } from './channels.js';
import { Clock, type Instant } from './clock.port.js';
import { failureReport } from './wording/failure-report.js';
import type { Door, Job, JobId, JobRequest } from './job.js';
import type { ImageRecord } from './image-record.js';
import { isFinal } from './job-states.js';
import { endsAt } from './job-steps.js';
import { type Idempotency, JobTokens } from './job-tokens.js';
import { JobQueue } from './job-queue.port.js';
import { JobStore } from './job-store.port.js';
import { excludedImages } from './request/excluded-images.js';
import { type FollowUp, followUpRequest } from './request/follow-up.js';
import { purgeInstant } from './retention.js';

/** A submission of a request. */
export interface Sending {
  readonly door: Door;
  readonly request: JobRequest;
  /** Not null: the same submission again leads to the same job. */
  readonly idempotency: Idempotency | null;
  /** Images that the job must not deliver; absent: none. */
  readonly excluded?: readonly ImageRecord[];
}

/** The use cases of jobs, for every door. */
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
   * Records a job and schedules it.
   * @param idempotency not null: the same submission again returns the job of the first
   * @param excluded images that the job must not deliver
   */
  async submit(
    door: Door,
    request: JobRequest,
    idempotency: Idempotency | null = null,
    excluded: readonly ImageRecord[] = [],
  ): Promise<Job> {
    const submittedAt = this.clock.now();
    const { job } = await this.store.submit({
      id: this.tokens.newId(door, request, idempotency),
      door,
      request,
      submittedAt,
      purgeAt: purgeInstant(request.dueAt, this.settings.linkTtlMs),
      asksToConfirm: this.asksToConfirm(request),
      ...(excluded.length === 0 ? {} : { excluded }),
    });
    if (!isFinal(job.state)) await this.queue.schedule(job.id, job.dueAt);
    return job;
  }

  /** Whether a first mail asks an address of the request before any notice. */
  asksToConfirm({ recipients }: JobRequest): boolean {
    return this.settings.confirmEmail && recipients.some(({ channel }) => CHANNELS[channel].asksToConfirm);
  }

  /** Whether a mail server is set; without one, notices by e-mail are only kept as files. */
  get sendsMail(): boolean {
    return this.settings.smtpUrl !== null;
  }

  /** @returns the id of the job of a submission; a new id each time if it has no idempotency */
  idOf({ door, request, idempotency }: Sending): JobId {
    return this.tokens.newId(door, request, idempotency);
  }

  /** @returns the job, or null if it does not exist or has expired */
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

  /** Stops a job that another one replaces; does nothing if it has ended or is gone. */
  async cancelIfOpen(id: JobId): Promise<void> {
    const now = this.clock.now();
    await this.store.cancel(id, now, now + this.settings.linkTtlMs);
  }

  /** Starts a scheduled job at once. @throws AppError `job.not_found`, `job.not_possible_now` */
  async startNow(id: JobId): Promise<Job> {
    await this.get(id);
    const job = orRefuse(await this.store.startNow(id, this.clock.now()));
    await this.queue.schedule(id, job.dueAt);
    return job;
  }

  /**
   * A submission of the request of `job` again; submitting it twice leads to the same new job.
   * @param at the start; absent or past: now
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
   * A submission that goes on after a ready job, without the images that it and the jobs before it delivered;
   * submitting it twice leads to the same new job.
   * @throws AppError `job.not_possible_now` if the job is not ready, or lacks nothing
   */
  async goingOn(job: Job, kind: FollowUp): Promise<Sending> {
    const request = followUpRequest(job, kind);
    if (request === null) throw new AppError('job.not_possible_now');
    return {
      door: job.door,
      request: { ...request, dueAt: this.clock.now(), startsNow: true },
      idempotency: { requester: kind, key: job.id, askedFor: null },
      excluded: excludedImages(await this.store.images(job.id)),
    };
  }

  /**
   * The time from which the search engines that failed can be asked again.
   * @returns null if waiting does not help, or takes longer than MAX_AHEAD
   */
  laterTime(job: Job): Instant | null {
    const at = job.state === 'failed' ? (failureReport(job).askAgain?.at ?? null) : null;
    return at === null || at - this.clock.now() > this.settings.maxAheadMs ? null : at;
  }

  /**
   * Extends the link of a ready job by one LINK_TTL, once.
   * @throws AppError `job.not_found`, `job.not_possible_now`
   */
  async extend(id: JobId): Promise<Job> {
    const job = await this.get(id);
    if (job.expiresAt === null) throw new AppError('job.not_possible_now');
    const extended = await this.store.extend(id, this.clock.now(), job.expiresAt + this.settings.linkTtlMs);
    return orRefuse(extended);
  }

  /**
   * Records which images of a ready job everybody gets by its link.
   * @param choice of its archive; null: all
   * @throws AppError `job.not_found`, `job.not_possible_now`
   */
  async choose(id: JobId, choice: string | null): Promise<Job> {
    await this.get(id);
    return orRefuse(await this.store.choose(id, choice, this.clock.now()));
  }

  /**
   * Deletes a job: cancels it if it is open, and expires it now. Its link answers "expired" at once; the
   * sweeper deletes files and records next. @throws AppError `job.not_found`, `job.not_possible_now`
   */
  async delete(id: JobId): Promise<Job> {
    const { state } = await this.get(id);
    // A job that has ended meanwhile cannot be cancelled, but is deleted all the same.
    if (!isFinal(state)) await this.cancelIfOpen(id);
    return orRefuse(await this.store.expireAt(id, this.clock.now()));
  }
}

function orRefuse(job: Job | null): Job {
  if (job === null) throw new AppError('job.not_possible_now');
  return job;
}
