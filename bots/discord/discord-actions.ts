import { Logger } from '@nestjs/common';
import type { ButtonInteraction, ChatInputCommandInteraction, ModalSubmitInteraction } from 'discord.js';
import type { ChatControls } from '../chat-controls.js';
import type { ChatDesk } from '../chat-desk.js';
import type { ChatPlatform } from '../chat-platform.port.js';
import type { Reply } from '../reply.js';
import type { Answer } from './discord-answers.js';
import { CALL_WITHIN_MS } from './discord-api.js';
import type { FilterOption } from './discord-filters.js';
import { formFields } from './discord-form.js';
import { readPressId } from './discord-names.js';
import { askerOf, isAdmin } from './discord-origin.js';
import { type DiscordRequests, searchFields } from './discord-requests.js';
import { helpReply, unknownReply } from './discord-words.js';

/** What can be done in Discord and takes longer than an acknowledgement. */
export type Acted = ChatInputCommandInteraction | ButtonInteraction | ModalSubmitInteraction;

/** Does what an acknowledged interaction asks for. */
export class DiscordActions {
  private readonly logger = new Logger(DiscordActions.name);

  constructor(
    private readonly desk: ChatDesk,
    private readonly controls: ChatControls,
    private readonly requests: DiscordRequests,
    private readonly filters: readonly FilterOption[],
    private readonly platform: Pick<ChatPlatform, 'edit'>,
  ) {}

  /** @returns what to say; null: nothing, since this very interaction was answered before */
  async act(interaction: Acted): Promise<Answer | null> {
    if (interaction.isModalSubmit()) return this.requests.take(interaction, formFields(interaction.fields));
    if (interaction.isButton()) return said(await this.press(interaction));
    if (interaction.options.getSubcommand(false) === 'search')
      return this.requests.take(interaction, searchFields(interaction, this.filters));
    return said(await this.command(interaction));
  }

  private async command(interaction: ChatInputCommandInteraction): Promise<Reply> {
    switch (interaction.options.getSubcommand(false)) {
      case 'list':
        return this.desk.list(askerOf(interaction));
      case 'cancel':
        return this.controls.cancelByAddress(interaction.options.getString('job', true).trim());
      case 'help':
        return helpReply(this.desk.maxImages);
      default:
        return unknownReply();
    }
  }

  private async press(interaction: ButtonInteraction): Promise<Reply> {
    const pressed = readPressId(interaction.customId);
    if (pressed === null) return unknownReply();
    const by = askerOf(interaction);
    const press = { ...pressed, by, isAdmin: async () => isAdmin(interaction) };
    const { reply, message } = await this.controls.press(press);
    if (message !== null) await this.replace(interaction, message);
    return reply;
  }

  /** The job is gone already: a message that stays as it was is no failure of the press. */
  private async replace({ channelId, message }: ButtonInteraction, reply: Reply): Promise<void> {
    try {
      const signal = AbortSignal.timeout(CALL_WITHIN_MS);
      await this.platform.edit({ conversation: channelId, message: message.id }, reply, signal);
    } catch (error) {
      this.logger.warn({ err: error }, 'a message could not be replaced in Discord');
    }
  }
}

function said(reply: Reply): Answer {
  return { reply, correctId: null };
}
