import { Injectable } from '@nestjs/common';
import type { Job, JobId } from '../../src/jobs/job.js';
import { JobTokens } from '../../src/jobs/job-tokens.js';
import { JobsService } from '../../src/jobs/jobs.service.js';
import { isFinal } from '../../src/jobs/job-states.js';
import type { ChatChannel } from '../../src/jobs/channels.js';
import { type ChatAddress, NO_TEAM, readChatAddress } from '../chat-address.js';
import { type Asker, ChatRequests } from './chat-requests.js';
import { deletedMessage, progressMessage } from '../notices/job-messages.js';
import { cancelledReply, deletedReply, noSuchAddressReply, notYoursReply, retriedReply } from './replies.js';
import type { JobAction, Reply } from './reply.js';

/** A pressed button. */
export interface Press {
  readonly action: JobAction;
  readonly jobId: JobId;
  readonly by: Asker;
  /** Asks the platform; called only where somebody else presses. */
  readonly isAdmin: () => Promise<boolean>;
}

/** What came of a pressed button. */
export interface Pressed {
  /** For whoever pressed. */
  readonly reply: Reply;
  /** What the message with the button says from now on, for everybody; null: the same as before. */
  readonly message: Reply | null;
}

const PUBLIC_ID_AT_END = /(?:^|\/)([\w-]{32})(?:[/?#>|].*)?$/;

/** What people can do with jobs in chat. Doing it twice does no harm. Methods throw AppError of the store. */
@Injectable()
export class ChatControls {
  constructor(
    private readonly chatRequests: ChatRequests,
    private readonly jobs: JobsService,
    private readonly tokens: JobTokens,
  ) {}

  /** Does what a button says, for the asker or an admin. */
  async press({ action, jobId, by, isAdmin }: Press): Promise<Pressed> {
    const job = await this.jobs.get(jobId);
    const isAllowed = isAskedBy(job, by) || (isOfTeam(job, by) && (await isAdmin()));
    if (!isAllowed) return told(notYoursReply());
    switch (action) {
      case 'cancel':
        return told(cancelledReply(await this.jobs.cancel(jobId)));
      case 'delete':
        return { reply: deletedReply(await this.jobs.delete(jobId)), message: deletedMessage(job) };
      case 'retry':
        return told(await this.retry(job, by));
    }
  }

  /** Cancels a job from any door, for whoever holds the address of its page. */
  async cancelByAddress(address: string): Promise<Reply> {
    const token = PUBLIC_ID_AT_END.exec(address)?.[1];
    const id = token === undefined ? null : this.tokens.readPublicId(token);
    return id === null ? noSuchAddressReply() : cancelledReply(await this.jobs.cancel(id));
  }

  private async retry(job: Job, by: Asker): Promise<Reply> {
    const asked = await this.chatRequests.again(by, job);
    if (!asked.ok) return asked.reply;
    // Pressed long ago already: what was started then has ended.
    return isFinal(asked.own.job.state) ? progressMessage(asked.own.job) : retriedReply(asked.own);
  }
}

function told(reply: Reply): Pressed {
  return { reply, message: null };
}

/** Wherever they press: a notice may have reached them in a direct message, which belongs to no team. */
function isAskedBy(job: Job, { channel, address }: Asker): boolean {
  return askersOf(job, channel).some(({ user }) => user === address.user);
}

/** Whether a job was asked for where somebody may be an admin. */
function isOfTeam(job: Job, { channel, address }: Asker): boolean {
  return askersOf(job, channel).some(({ team }) => team === address.team && team !== NO_TEAM);
}

function askersOf({ request }: Job, channel: ChatChannel): ChatAddress[] {
  return request.recipients.flatMap((recipient) => {
    const who = recipient.channel === channel ? readChatAddress(recipient.address) : null;
    return who === null ? [] : [who];
  });
}
