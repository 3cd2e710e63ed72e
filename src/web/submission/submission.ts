import { BadRequestException, Injectable } from '@nestjs/common';
import type { Instant } from '../../jobs/clock.port.js';
import type { Job } from '../../jobs/job.js';
import type { FollowUp } from '../../jobs/request/follow-up.js';
import { Intake, type Taken } from '../../intake/intake.js';
import { countedClient, countedRefusal } from '../../limits/counted.js';
import { RateLimits } from '../../limits/rate-limits.js';
import type { RawFields } from '../../validation/problem.js';
import type { DoorRules } from '../../validation/request-validator.js';
import { FormNonces } from './form-nonce.js';
import { Replacements } from './replacements.js';

const FORM_RULES: DoorRules = { refusesUnknown: false };
const API_RULES: DoorRules = { refusesUnknown: true };

/** Printable ASCII, as a header can carry it. */
const IDEMPOTENCY_KEY = /^[\x20-\x7E]{1,255}$/;

/** Takes requests from the form, from the JSON API and for the same once more. */
@Injectable()
export class Submission {
  constructor(
    private readonly intake: Intake,
    private readonly nonces: FormNonces,
    private readonly limits: RateLimits,
    private readonly replacements: Replacements,
  ) {}

  /**
   * Takes the form: unknown fields are ignored, the nonce makes one job of many sendings. A job that the form
   * replaces is cancelled once the new one is recorded; its chats are told of the new one.
   * @param client address of the client
   * @throws AppError `limits.reached`
   */
  async fromForm(raw: RawFields, client: string): Promise<Taken> {
    const nonce = Object.hasOwn(raw, 'nonce') ? raw['nonce'] : null;
    const sender = this.nonces.isOurs(nonce) ? { requester: 'form', key: nonce } : null;
    const replaced = await this.replacements.find(raw);
    const alsoTold = this.replacements.chatsOf(replaced);
    const arrival = { door: 'web', sender, counted: [countedClient(client)], alsoTold } as const;
    const taken = await this.intake.take(raw, FORM_RULES, arrival);
    if (taken.ok && replaced !== null) await this.replacements.cancel(replaced);
    return taken;
  }

  /**
   * Takes JSON: unknown fields are problems.
   * @param client address of the client; an idempotency key counts within it
   * @throws AppError `limits.reached`
   * @throws BadRequestException for a key that is not 1 to 255 printable ASCII characters
   */
  async fromApi(raw: RawFields, client: string, key: string | undefined): Promise<Taken> {
    if (key !== undefined && !IDEMPOTENCY_KEY.test(key)) throw new BadRequestException();
    const sender = key === undefined ? null : { requester: client, key };
    return this.intake.take(raw, API_RULES, { door: 'api', sender, counted: [countedClient(client)] });
  }

  /** Counts a refusal. @returns whether it is among the first few, which get the whole form back */
  async isWorthAForm(client: string): Promise<boolean> {
    return (await this.limits.consume([countedRefusal(client)])) === null;
  }

  /**
   * Submits the same as `job` once more; asked for twice, it is the same new job.
   * @param client address of the client @param at when it starts; absent: now @throws AppError `limits.reached`
   */
  again(job: Job, client: string, at?: Instant): Promise<Job> {
    return this.intake.again(job, [countedClient(client)], at);
  }

  /**
   * Submits what goes on after a ready job; asked for twice, it is the same new job.
   * @param client address of the client @throws AppError `limits.reached`, `job.not_possible_now`
   */
  goOn(job: Job, kind: FollowUp, client: string): Promise<Job> {
    return this.intake.goOn(job, kind, [countedClient(client)]);
  }
}
