import { Injectable, Logger } from '@nestjs/common';
import { isAppError } from '../../src/jobs/app-error.js';
import type { EngineName } from '../../src/engines/engines.js';
import type { Job, JobRequest } from '../../src/jobs/job.js';
import { isFinal } from '../../src/jobs/job-states.js';
import type { FollowUp } from '../../src/jobs/request/follow-up.js';
import { DEFAULT_COUNT } from '../../src/jobs/request/main-fields.js';
import { JobsService } from '../../src/jobs/jobs.service.js';
import { Intake } from '../../src/intake/intake.js';
import type { Counted } from '../../src/limits/counted.js';
import type { RawFields } from '../../src/validation/problem.js';
import { RequestValidator } from '../../src/validation/request-validator.js';
import type { AskedRequest, Validated } from '../../src/validation/validate-request.js';
import type { ChatChannel } from '../../src/jobs/channels.js';
import { type ChatAddress, NO_TEAM, writeAddress } from '../chat-address.js';
import { ChatRecords } from '../chat-records.js';
import { JobLinks } from '../../src/presenting/job-links.port.js';
import {
  helpReply,
  limitedReply,
  listReply,
  type OwnJob,
  problemsReply,
  understoodReply,
} from './replies.js';
import type { Reply } from './reply.js';

/** The person who asks, authenticated by the platform. */
export interface Asker {
  readonly channel: ChatChannel;
  readonly address: ChatAddress;
  /** Address to use if the platform fails and the request names none; null: unknown. */
  readonly email: string | null;
}

/** The result of a request. */
export type ChatOutcome =
  { readonly ok: true; readonly own: OwnJob } | { readonly ok: false; readonly reply: Reply };

/**
 * Takes requests from a chat. Methods throw AppError of the store, which {@link answered} turns into words.
 */
@Injectable()
export class ChatRequests {
  private readonly logger = new Logger(ChatRequests.name);

  constructor(
    private readonly validator: RequestValidator,
    private readonly jobs: JobsService,
    private readonly records: ChatRecords,
    private readonly intake: Intake,
    private readonly links: JobLinks,
  ) {}

  /** Maximum number of images of a job. */
  get maxImages(): number {
    return this.validator.maxImages;
  }

  /** The engines of this installation, in the operator's order. */
  get engines(): readonly EngineName[] {
    return this.validator.engines;
  }

  /** Validates a request without submitting it. A count and an e-mail address are optional. */
  check(fields: RawFields): Validated {
    const count = Math.min(DEFAULT_COUNT, this.validator.maxImages);
    return this.validator.validate({ count: String(count), ...fields }, { refusesUnknown: false });
  }

  /**
   * Starts or schedules a job and confirms it in words.
   * @param interactionId the platform's id of this submission
   * @returns null if the same submission was answered before
   */
  async ask(asker: Asker, fields: RawFields, interactionId: string): Promise<Reply | null> {
    const checked = this.check(fields);
    if (!checked.ok) return problemsReply(checked.problems);
    if (!(await this.records.isFirstTime(asker.channel, interactionId))) return null;
    const { askedFor, isFirstOfTwo } = checked;
    const request = withAsker(checked.request, asker);
    const asked = await this.submit(asker, { request, askedFor }, interactionId);
    if (!asked.ok) return asked.reply;
    const asksToConfirm = this.jobs.asksToConfirm(asked.own.job.request);
    return understoodReply(asked.own, { isFirstOfTwo, asksToConfirm, lacksMailServer: !this.jobs.sendsMail });
  }

  /**
   * Submits the request of `job` again, starting now; repeating this for one `job` leads to the same new job.
   */
  async again(asker: Asker, job: Job): Promise<ChatOutcome> {
    const request = { ...job.request, dueAt: this.validator.now(), startsNow: true };
    return this.submit(asker, { request, askedFor: null }, `retry of ${job.id}`);
  }

  /** Submits what goes on after a ready job, like {@link again}. */
  async goOn(asker: Asker, job: Job, kind: FollowUp): Promise<ChatOutcome> {
    return this.take(asker, job.request, () => this.intake.goOn(job, kind, countedAsker(asker)));
  }

  /** The address of the form with the request of a job. */
  formOf({ id }: Job): string {
    return `${this.links.jobPage(id)}/change`;
  }

  /** Lists the asker's open jobs. */
  async list({ channel, address }: Asker): Promise<Reply> {
    const ids = await this.records.jobsOf(channel, address);
    const found = await Promise.all(ids.map(async (id) => ({ id, job: await this.jobs.find(id) })));
    const gone = found.filter(({ job }) => job === null);
    await Promise.all(gone.map(({ id }) => this.records.forgetJob(channel, address, id)));
    const open = found.flatMap(({ job }) => (job === null || isFinal(job.state) ? [] : [this.own(job)]));
    return listReply(open.toSorted((a, b) => a.job.dueAt - b.job.dueAt));
  }

  /** Explains the command. */
  help(): Reply {
    return helpReply(this.validator.maxImages);
  }

  private async submit(asker: Asker, asked: AskedRequest, key: string): Promise<ChatOutcome> {
    const requester = `${asker.channel}/${asker.address.team}/${asker.address.user}`;
    const arrival = { door: asker.channel, sender: { requester, key }, counted: countedAsker(asker) };
    return this.take(asker, asked.request, () => this.intake.submit(asked, arrival));
  }

  private async take(
    asker: Asker,
    { timeZone }: JobRequest,
    submit: () => Promise<Job>,
  ): Promise<ChatOutcome> {
    try {
      const job = await submit();
      await this.remember(asker, job);
      return { ok: true, own: this.own(job) };
    } catch (error) {
      if (!isAppError(error, 'limits.reached')) throw error;
      const waitMs = 1000 * Number(error.context['retryAfterSeconds']);
      return {
        ok: false,
        reply: limitedReply(waitMs, this.validator.now() + waitMs, timeZone),
      };
    }
  }

  /** The job exists by now; without this record only `list` lacks it. */
  private async remember({ channel, address, email }: Asker, job: Job): Promise<void> {
    const hasEmail = job.request.recipients.some((recipient) => recipient.channel === 'email');
    try {
      await this.records.rememberJob(channel, address, job, hasEmail ? null : email);
    } catch (error) {
      this.logger.warn({ jobId: job.id, err: error }, 'a job will not be listed in the chat');
    }
  }

  private own(job: Job): OwnJob {
    return { job, page: this.links.jobPage(job.id) };
  }
}

function withAsker(request: JobRequest, { channel, address }: Asker): JobRequest {
  return { ...request, recipients: [...request.recipients, { channel, address: writeAddress(address) }] };
}

function countedAsker({ channel, address: { team, user } }: Asker): Counted[] {
  const person: Counted = { kind: 'person', key: `${channel}/${team}/${user}` };
  // Direct messages on Discord belong to no workspace, and must not share one count.
  return team === NO_TEAM ? [person] : [person, { kind: 'workspace', key: `${channel}/${team}` }];
}
