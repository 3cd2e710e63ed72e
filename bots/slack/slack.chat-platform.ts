import { ChatFailure } from '../chat-failure.js';
import { ChatPlatform, type MessageExtras, type MessageRef } from '../chat-platform.port.js';
import type { Reply } from '../conversation/reply.js';
import type { SlackApi } from './api/slack-api.js';
import { slackMessage } from './api/slack-message.js';
import type { SlackPictures } from './api/slack-pictures.js';
import { pause } from '../../src/jobs/timing/pause.js';

/** `chat.update` is in tier 3: 50 calls a minute for each workspace. */
const EDIT_EVERY_MS = 1300;
/**
 * Slack allows one message a second in a conversation, besides short bursts.
 * @see https://docs.slack.dev/apis/web-api/rate-limits
 */
const POST_EVERY_MS = 1100;
/** Waits until an uploaded picture can be shown; each try counts as a message. */
const PICTURE_READY_AFTER_MS = [1200, 2500];

/** Slack through its Web API. */
export class SlackChatPlatform extends ChatPlatform {
  override readonly channel = 'slack';
  override readonly editEveryMs = EDIT_EVERY_MS;
  override readonly postEveryMs = POST_EVERY_MS;

  constructor(
    private readonly api: SlackApi,
    private readonly pictures: SlackPictures,
  ) {
    super();
  }

  override async ping(signal: AbortSignal): Promise<void> {
    await this.api.ask((client) => client.auth.test(), signal);
  }

  override async post(
    conversation: string,
    reply: Reply,
    { nonce, picture }: MessageExtras,
    signal: AbortSignal,
  ): Promise<MessageRef> {
    const pictureId = picture === null ? null : await this.pictures.upload(nonce, picture, signal);
    for (const waitMs of pictureId === null ? [] : PICTURE_READY_AFTER_MS) {
      try {
        return await this.send(conversation, reply, nonce, pictureId, signal);
      } catch (error) {
        if (!isAboutPicture(error)) throw error;
        await pause(waitMs, signal);
      }
    }
    // A message without its picture is better than none.
    return this.send(conversation, reply, nonce, null, signal);
  }

  override async edit(ref: MessageRef, reply: Reply, signal: AbortSignal): Promise<void> {
    const target = { channel: ref.conversation, ts: ref.message };
    await this.api.ask((client) => client.chat.update({ ...target, ...slackMessage(reply) }), signal);
  }

  override async direct(user: string, signal: AbortSignal): Promise<string> {
    const { channel } = await this.api.ask((client) => client.conversations.open({ users: user }), signal);
    if (channel?.id === undefined) throw new ChatFailure('person_gone', 'no_direct_conversation');
    return channel.id;
  }

  private async send(
    conversation: string,
    reply: Reply,
    nonce: string,
    pictureId: string | null,
    signal: AbortSignal,
  ): Promise<MessageRef> {
    const message = { channel: conversation, ...slackMessage(reply, pictureId), client_msg_id: nonce };
    const quiet = { unfurl_links: false, unfurl_media: false, link_names: false } as const;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack's method, not a window's
    const sent = await this.api.change((client) => client.chat.postMessage({ ...message, ...quiet }), signal);
    // Edits need the id of the conversation, which differs from the given id if that was a person's.
    if (sent.ts === undefined) throw new ChatFailure('unclear', 'no_message_id');
    return { conversation: sent.channel ?? conversation, message: sent.ts };
  }
}

function isAboutPicture(error: unknown): boolean {
  return error instanceof ChatFailure && (error.detail === 'invalid_blocks' || error.detail.includes('file'));
}
