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

/** After the platform was down this long, the notice goes by e-mail if there is an address. */
const GIVE_UP_AFTER_MS = 900_000;

type NoticeDependencies = Pick<ChatDependencies, 'records' | 'links' | 'pictures' | 'clock'>;

/**
 * Tells people in the chat from which they asked: in the conversation, else directly, else by e-mail. The
 * first message of a job then shows its progress.
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

  override async send(notice: Notice, job: Job, maySend: MaySend, signal: AbortSignal): Promise<Delivery> {
    const who = readChatAddress(notice.recipient.address);
    if (who === null) return { status: 'refused', detail: 'not a chat address' };
    // One turn for each job: when the job ends, its start notice is dropped and leaves the turn to the end
    // notice.
    const waitMs = this.pace.waitMs(who.conversation, job.id);
    if (waitMs > 0) return { status: 'put_off', detail: 'not_its_turn', retryAfterMs: waitMs, isExact: true };
    try {
      // Ping first: a call that fails here told nobody and may be repeated.
      await this.platform.ping(signal);
      if (!(await maySend())) return { status: 'kept_back' };
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

  /** The notice has left by now, so a failing record costs only the live progress. */
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
    // The store is away: try again when it can name the other address.
    if (instead === 'unknown') return { status: 'put_off', detail, retryAfterMs };
    const isLater = kind === 'later' && (instead === null || !this.isOld(notice, job));
    if (isLater) return { status: 'put_off', detail, retryAfterMs };
    return { status: 'refused', detail, ...(instead === null ? {} : { instead }) };
  }

  /** The asker's e-mail address, unless notices go to it anyway. */
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

/** A UUID that is the same for every try of a notice. */
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
