import { createHash } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Job, Recipient } from '../../src/jobs/job.js';
import type { Notice } from '../../src/jobs/notice.js';
import { type Delivery, type MaySend, Notifier } from '../../src/notifications/notifier.port.js';
import type { ChatChannel } from '../../src/jobs/channels.js';
import { type ChatAddress, readChatAddress } from '../chat-address.js';
import type { ChatDependencies } from '../chat-dependencies.js';
import { ChatFailure } from '../chat-failure.js';
import type { ChatPlatform, MessageRef } from '../chat-platform.port.js';
import { noticeMessage } from './job-messages.js';
import { PostPace } from './post-pace.js';

/** A platform that has been down for so long is given up where there is another way to tell. */
const GIVE_UP_AFTER_MS = 900_000;

type NoticeDependencies = Pick<ChatDependencies, 'records' | 'links' | 'pictures' | 'clock'>;

/**
 * Tells people in the chat they asked from: in the conversation, else directly, else by e-mail. The first
 * message of a job is the one that then shows its progress.
 */
export class ChatNotifier extends Notifier {
  private readonly logger = new Logger(ChatNotifier.name);
  override readonly channel: ChatChannel;
  private readonly pace: PostPace;

  constructor(
    private readonly platform: ChatPlatform,
    private readonly deps: NoticeDependencies,
  ) {
    super();
    this.channel = platform.channel;
    this.pace = new PostPace(platform.postEveryMs, deps.clock);
  }

  override async send(notice: Notice, job: Job, mayLeave: MaySend, signal: AbortSignal): Promise<Delivery> {
    const who = readChatAddress(notice.recipient.address);
    if (who === null) return { status: 'refused', detail: 'not a chat address' };
    // One turn for a job: the start is not told any more once the end is there, and leaves its turn to it.
    const waitMs = this.pace.waitMs(who.conversation, job.id);
    if (waitMs > 0) return { status: 'put_off', detail: 'not_its_turn', retryAfterMs: waitMs, isExact: true };
    try {
      // Asked first, because a call that fails here has surely told nobody and may be repeated.
      await this.platform.ping(signal);
      if (!(await mayLeave())) return { status: 'kept_back' };
      const ref = await this.post(notice, job, who, signal);
      if (notice.slot === 'start') await this.showProgressIn(ref, job);
      return { status: 'sent' };
    } catch (error) {
      if (!(error instanceof ChatFailure)) throw error;
      return this.deliveryAfter(error, notice, job, who);
    }
  }

  private async post(notice: Notice, job: Job, who: ChatAddress, signal: AbortSignal): Promise<MessageRef> {
    const { links, clock, pictures } = this.deps;
    const message = noticeMessage(notice.slot, job, links.download(job.id), clock.now());
    const picture = notice.slot === 'end' ? await pictures.strip(job, signal) : null;
    const extras = { nonce: nonceOf(notice), picture };
    try {
      return await this.platform.post(who.conversation, message, extras, signal);
    } catch (error) {
      if (!(error instanceof ChatFailure) || error.kind !== 'place_gone') throw error;
      const direct = await this.platform.direct(who.user, signal);
      return await this.platform.post(direct, message, extras, signal);
    }
  }

  /** The notice has left: a record that cannot be made now costs only the live progress. */
  private async showProgressIn(ref: MessageRef, job: Job): Promise<void> {
    try {
      await this.deps.records.saveProgressMessage(this.channel, job, ref);
    } catch (error) {
      this.logger.warn({ jobId: job.id, err: error }, 'progress will not be shown in the chat');
    }
  }

  private async deliveryAfter(
    { kind, detail, retryAfterMs }: ChatFailure,
    notice: Notice,
    job: Job,
    who: ChatAddress,
  ): Promise<Delivery> {
    if (kind === 'unclear') return { status: 'unknown', detail };
    const instead = await this.insteadOf(who, job);
    if (retryAfterMs !== null) this.pace.close(who.conversation, retryAfterMs);
    // Nobody was told, and nobody can be found while the store is away.
    if (instead === 'unknown') return { status: 'put_off', detail, retryAfterMs };
    const isLater = kind === 'later' && (instead === null || !this.isOld(notice, job));
    if (isLater) return { status: 'put_off', detail, retryAfterMs };
    return { status: 'refused', detail, ...(instead === null ? {} : { instead }) };
  }

  /** By e-mail, where no notice goes to that address anyway. */
  private async insteadOf(who: ChatAddress, job: Job): Promise<Recipient | null | 'unknown'> {
    try {
      const address = await this.deps.records.emailInstead(this.channel, who, job.id);
      return address === null ? null : { channel: 'email', address };
    } catch (error) {
      this.logger.warn({ jobId: job.id, err: error }, 'who else to tell could not be read');
      return 'unknown';
    }
  }

  private isOld({ slot }: Notice, { startedAt, finishedAt }: Job): boolean {
    const happenedAt = slot === 'start' ? startedAt : finishedAt;
    return happenedAt !== null && this.deps.clock.now() - happenedAt > GIVE_UP_AFTER_MS;
  }
}

/** The same UUID for every try of one notice. */
function nonceOf({ jobId, slot, recipient, epoch }: Notice): string {
  const hex = createHash('sha256').update(`${jobId} ${slot} ${epoch} ${recipient.address}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
