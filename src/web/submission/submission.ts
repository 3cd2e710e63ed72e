import { BadRequestException, Injectable } from '@nestjs/common';
import type { ErrorContext } from '../../jobs/app-error.js';
import type { Instant } from '../../jobs/clock.port.js';
import type { Door, Job, JobRequest } from '../../jobs/job.js';
import type { Idempotency } from '../../jobs/job-tokens.js';
import { JobsService } from '../../jobs/jobs.service.js';
import { type Counted, countedClient, countedFor, countedRefusal } from '../../limits/counted.js';
import { CountedJobs } from '../../intake/counted-jobs.js';
import { RateLimits } from '../../limits/rate-limits.js';
import type { Problem, RawFields } from '../../validation/problem.js';
import { ownField, valueOf } from '../../validation/reading.js';
import { readTimeZone } from '../../validation/times/time-zones.js';
import { type DoorRules, RequestValidator } from '../../validation/request-validator.js';
import type { AskedRequest } from '../../validation/validate-request.js';
import { FormNonces } from './form-nonce.js';

/** The job that was made, or everything wrong with what was sent. */
export type Submitted =
  { readonly ok: true; readonly job: Job } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Who sends, and with which key. */
type Sender = Pick<Idempotency, 'requester' | 'key'>;

const FORM_RULES: DoorRules = { refusesUnknown: false };
const API_RULES: DoorRules = { refusesUnknown: true };

/** Printable ASCII, as a header can carry it. */
const IDEMPOTENCY_KEY = /^[\x20-\x7E]{1,255}$/;

/** Takes requests from the form, from the JSON API and for the same once more. */
@Injectable()
export class Submission {
  constructor(
    private readonly validator: RequestValidator,
    private readonly nonces: FormNonces,
    private readonly jobs: JobsService,
    private readonly counted: CountedJobs,
    private readonly limits: RateLimits,
  ) {}

  /**
   * From the form: unknown fields are ignored, the nonce makes one job of many sends.
   * @param client address of the client @throws AppError `limits.reached`
   */
  async fromForm(raw: RawFields, client: string): Promise<Submitted> {
    const nonce = Object.hasOwn(raw, 'nonce') ? raw['nonce'] : null;
    const sender = this.nonces.isOurs(nonce) ? { requester: 'form', key: nonce } : null;
    return this.take('web', raw, FORM_RULES, sender, client);
  }

  /**
   * From the API: unknown fields are problems.
   * @param client address of the client, within which an idempotency key is one
   * @throws AppError `limits.reached`
   * @throws BadRequestException for a key that is no header text of 1 to 255 characters
   */
  async fromApi(raw: RawFields, client: string, key: string | undefined): Promise<Submitted> {
    if (key !== undefined && !IDEMPOTENCY_KEY.test(key)) throw new BadRequestException();
    return this.take('api', raw, API_RULES, key === undefined ? null : { requester: client, key }, client);
  }

  /** What was sent before leads to its job, though its time may be over now and limits may be reached. */
  private async take(
    door: Door,
    raw: RawFields,
    rules: DoorRules,
    sender: Sender | null,
    client: string,
  ): Promise<Submitted> {
    // Without a key nothing can have been sent before: a flood is refused before it is read any further.
    if (sender === null) await this.limits.throwIfReached([countedClient(client)], zoneIn(raw));
    const validated = this.validator.validate(raw, rules);
    if (!validated.ok) return (await this.earlier(door, validated.late, sender)) ?? validated;
    const { request } = validated;
    const sending = { door, request, idempotency: idempotencyOf(validated, sender) };
    return { ok: true, job: await this.counted.submit(sending, countedIn(request, client)) };
  }

  /** Counts a refusal. @returns whether it is among the first few, which get the whole form back */
  async isWorthAForm(client: string): Promise<boolean> {
    return (await this.limits.consume([countedRefusal(client)])) === null;
  }

  /** What was sent while its time was ahead. */
  private async earlier(
    door: Door,
    late: AskedRequest | null,
    sender: Sender | null,
  ): Promise<Submitted | null> {
    if (late === null || sender === null) return null;
    const sending = { door, request: late.request, idempotency: idempotencyOf(late, sender) };
    const job = await this.jobs.find(this.jobs.idOf(sending));
    return job === null ? null : { ok: true, job };
  }

  /**
   * The same as `job` once more; asked for twice, the same new job.
   * @param client address of the client @param at when it starts; absent: now @throws AppError `limits.reached`
   */
  again(job: Job, client: string, at?: Instant): Promise<Job> {
    return this.counted.submit(this.jobs.onceMore(job, at), countedIn(job.request, client));
  }
}

function idempotencyOf({ askedFor }: AskedRequest, sender: Sender | null): Idempotency | null {
  return sender === null ? null : { ...sender, askedFor };
}

/** The zone in which a request thinks, where it can be read. */
function zoneIn(raw: RawFields): ErrorContext {
  const timeZone = valueOf(readTimeZone(ownField(raw, 'timeZone'))) ?? '';
  return timeZone === '' ? {} : { timeZone };
}

function countedIn({ recipients }: JobRequest, client: string): Counted[] {
  return [countedClient(client), ...countedFor(recipients)];
}
