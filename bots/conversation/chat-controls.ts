import { Injectable } from '@nestjs/common';
import type { Job, JobId } from '../../src/jobs/job.js';
import { JobTokens } from '../../src/jobs/job-tokens.js';
import { JobsService } from '../../src/jobs/jobs.service.js';
import { isFinal } from '../../src/jobs/job-states.js';
import type { ChatChannel } from '../../src/jobs/channels.js';
import { type ChatAddress, NO_TEAM, readChatAddress } from '../chat-address.js';
import { type Asker, type ChatOutcome, ChatRequests } from './chat-requests.js';
import { deletedMessage, progressMessage } from '../notices/job-messages.js';
import {
  cancelledReply,
  changeReply,
  deletedReply,
  noSuchAddressReply,
  notYoursReply,
  type OwnJob,
  retriedReply,
  startedReply,
  wentOnReply,
} from './replies.js';
import type { JobAction, Reply } from './reply.js';

/** A pressed button. */
export interface Press {
  readonly action: JobAction;
  readonly jobId: JobId;
  readonly by: Asker;
  /** Asks the platform; called only if the presser did not ask for the job. */
  readonly isAdmin: () => Promise<boolean>;
}

/** The result of a pressed button. */
export interface Pressed {
  /** For the person who pressed. */
  readonly reply: Reply;
  /** New content of the message with the button, for everybody; null: unchanged. */
  readonly message: Reply | null;
}

const PUBLIC_ID_AT_END = /(?:^|\/)([\w-]{32})(?:[/?#>|].*)?$/;

/** Controls jobs from a chat. Every action is safe to repeat. Methods throw AppError of the store. */
@Injectable()
export class ChatControls {
  constructor(
    private readonly chatRequests: ChatRequests,
    private readonly jobs: JobsService,
    private readonly tokens: JobTokens,
  ) {}

  /** Runs the action of a button, for the asker or an admin. */
  async press({ action, jobId, by, isAdmin }: Press): Promise<Pressed> {
    const job = await this.jobs.get(jobId);
    const isAllowed = isAskedBy(job, by) || (isOfTeam(job, by) && (await isAdmin()));
    if (!isAllowed) return told(notYoursReply());
    switch (action) {
      case 'cancel':
        return told(cancelledReply(await this.jobs.cancel(jobId)));
      case 'start':
        return told(startedReply(await this.jobs.startNow(jobId)));
      case 'delete':
        return { reply: deletedReply(await this.jobs.delete(jobId)), message: deletedMessage(job) };
      case 'retry':
        return told(this.begun(await this.chatRequests.again(by, job), retriedReply));
      case 'missing':
      case 'next':
        return told(this.begun(await this.chatRequests.goOn(by, job, action), wentOnReply));
      case 'change':
        return told(changeReply(this.chatRequests.formOf(job)));
    }
  }

  /** Cancels a job of any door for a person who has the address of its page. */
  async cancelByAddress(address: string): Promise<Reply> {
    const token = PUBLIC_ID_AT_END.exec(address)?.[1];
    const id = token === undefined ? null : this.tokens.readPublicId(token);
    return id === null ? noSuchAddressReply() : cancelledReply(await this.jobs.cancel(id));
  }

  private begun(asked: ChatOutcome, inWords: (own: OwnJob) => Reply): Reply {
    if (!asked.ok) return asked.reply;
    // The button was pressed before, and the job of that time has ended.
    return isFinal(asked.own.job.state) ? progressMessage(asked.own.job) : inWords(asked.own);
  }
}

function told(reply: Reply): Pressed {
  return { reply, message: null };
}

/** Ignores the team: a notice may have reached the asker in a direct message, which belongs to no team. */
function isAskedBy(job: Job, { channel, address }: Asker): boolean {
  return askersOf(job, channel).some(({ user }) => user === address.user);
}

/** Whether a job was asked for in the team of the presser, who may be an admin there. */
function isOfTeam(job: Job, { channel, address }: Asker): boolean {
  return askersOf(job, channel).some(({ team }) => team === address.team && team !== NO_TEAM);
}

function askersOf({ request }: Job, channel: ChatChannel): ChatAddress[] {
  return request.recipients.flatMap((recipient) => {
    const who = recipient.channel === channel ? readChatAddress(recipient.address) : null;
    return who === null ? [] : [who];
  });
}
