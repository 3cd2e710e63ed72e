import { BadRequestException, Injectable } from '@nestjs/common';
import type { Door, Job, JobRequest } from '../../jobs/job.js';
import type { Idempotency } from '../../jobs/job-tokens.js';
import { JobsService } from '../../jobs/jobs.service.js';
import { countedClient, countedFor } from '../../limits/counted.js';
import { RateLimits } from '../../limits/rate-limits.js';
import type { Problem, RawFields } from '../../validation/problem.js';
import { type DoorRules, RequestValidator } from '../../validation/request-validator.js';
import { FormNonces } from './form-nonce.js';

/** The job that was made, or everything wrong with what was sent. */
export type Submitted =
  { readonly ok: true; readonly job: Job } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Who sends, and with which key. */
type Sender = Pick<Idempotency, 'requester' | 'key'>;

const FORM_RULES: DoorRules = { needsEmail: true, refusesUnknown: false };
const API_RULES: DoorRules = { needsEmail: false, refusesUnknown: true };

/** Printable ASCII, as a header can carry it. */
const IDEMPOTENCY_KEY = /^[\x20-\x7E]{1,255}$/;

/** Takes requests from the form, from the JSON API and for the same once more. */
@Injectable()
export class Submission {
  constructor(
    private readonly validator: RequestValidator,
    private readonly nonces: FormNonces,
    private readonly jobs: JobsService,
    private readonly limits: RateLimits,
  ) {}

  /**
   * From the form: the address is needed, unknown fields are ignored, the nonce makes one job of many sends.
   * @param client address of the client @throws AppError `limits.reached`
   */
  async fromForm(raw: RawFields, client: string): Promise<Submitted> {
    const nonce = Object.hasOwn(raw, 'nonce') ? raw['nonce'] : null;
    const sender = this.nonces.isOurs(nonce) ? { requester: 'form', key: nonce } : null;
    return this.take('web', raw, FORM_RULES, sender, client);
  }

  /**
   * From the API: the address may be left out, the job is then followed through its links only.
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
    const validated = this.validator.validate(raw, rules);
    const asked = validated.ok ? validated : validated.late;
    const idempotency = sender === null || asked === null ? null : { ...sender, askedFor: asked.askedFor };
    if (asked !== null && idempotency !== null) {
      const job = await this.jobs.submitted(door, asked.request, idempotency);
      if (job !== null) return { ok: true, job };
    }
    if (!validated.ok) return validated;
    await this.countFor(validated.request, client);
    return { ok: true, job: await this.jobs.submit(door, validated.request, idempotency) };
  }

  /** The same as `job` once more, now. @param client address of the client @throws AppError `limits.reached` */
  async again(job: Job, client: string): Promise<Job> {
    await this.countFor(job.request, client);
    return this.jobs.retry(job.id);
  }

  private async countFor({ recipients }: JobRequest, client: string): Promise<void> {
    await this.limits.takeOrThrow([countedClient(client), ...countedFor(recipients)]);
  }
}
