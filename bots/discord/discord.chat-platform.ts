import { Routes } from 'discord.js';
import { ChatFailure } from '../chat-failure.js';
import { ChatPlatform, type MessageExtras, type MessageRef } from '../chat-platform.port.js';
import type { Reply } from '../conversation/reply.js';
import { type DiscordApi, idIn } from './api/discord-api.js';
import { isAboutExtras } from './api/discord-failure.js';
import { discordMessage, withoutLinkButtons } from './api/discord-message.js';
import { postOnce } from './api/post-once.js';

/** Discord allows five edits in five seconds in a channel. */
const EDIT_EVERY_MS = 1100;
/** Discord allows five messages in five seconds in a channel. */
const POST_EVERY_MS = 1100;
/** Maximum length of the nonce by which Discord recognises repeated messages. */
const MAX_NONCE_LENGTH = 25;
const PICTURE = { name: 'images.jpg', about: 'The first of the collected images' } as const;

/** Discord through its REST API. */
export class DiscordChatPlatform extends ChatPlatform {
  override readonly channel = 'discord';
  override readonly editEveryMs = EDIT_EVERY_MS;
  override readonly postEveryMs = POST_EVERY_MS;

  constructor(private readonly api: DiscordApi) {
    super();
  }

  override async ping(signal: AbortSignal): Promise<void> {
    await this.api.ask((rest, common) => rest.get(Routes.user(), common), signal);
  }

  override async post(
    conversation: string,
    reply: Reply,
    extras: MessageExtras,
    signal: AbortSignal,
  ): Promise<MessageRef> {
    try {
      return await this.send(conversation, reply, extras, signal);
    } catch (error) {
      const plainer = withoutLinkButtons(reply);
      const isPlain = extras.picture === null && plainer.buttons.length === reply.buttons.length;
      if (isPlain || !(error instanceof ChatFailure) || !isAboutExtras(error)) throw error;
      return this.send(conversation, plainer, { ...extras, picture: null }, signal);
    }
  }

  override async edit(
    { conversation, message }: MessageRef,
    reply: Reply,
    signal: AbortSignal,
  ): Promise<void> {
    const route = Routes.channelMessage(conversation, message);
    // An edited message keeps no picture.
    const body = { ...discordMessage(reply), attachments: [] };
    await this.api.ask((rest, common) => rest.patch(route, { ...common, body }), signal);
  }

  override async direct(user: string, signal: AbortSignal): Promise<string> {
    const body = { recipient_id: user };
    const open = await this.api.ask(
      (rest, common) => rest.post(Routes.userChannels(), { ...common, body }),
      signal,
    );
    return idIn(open, 'id');
  }

  private async send(
    conversation: string,
    reply: Reply,
    { nonce, picture }: MessageExtras,
    signal: AbortSignal,
  ): Promise<MessageRef> {
    const attachments =
      picture === null ? [] : [{ id: 0, filename: PICTURE.name, description: PICTURE.about }];
    const files =
      picture === null ? [] : [{ name: PICTURE.name, data: picture, contentType: 'image/jpeg' as const }];
    const body = {
      ...discordMessage(reply),
      nonce: nonce.replaceAll('-', '').slice(0, MAX_NONCE_LENGTH),
      enforce_nonce: true,
      ...(picture === null ? {} : { attachments }),
    };
    const route = Routes.channelMessages(conversation);
    const post = (): Promise<unknown> =>
      this.api.change((rest, common) => rest.post(route, { ...common, body, files }), signal);
    const sent = await postOnce(post, signal);
    return { conversation, message: idIn(sent, 'id') };
  }
}
