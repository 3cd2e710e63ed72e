import { Logger } from '@nestjs/common';
import type { ButtonInteraction, ChatInputCommandInteraction, ModalSubmitInteraction } from 'discord.js';
import type { ChatControls } from '../conversation/chat-controls.js';
import type { ChatRequests } from '../conversation/chat-requests.js';
import type { ChatPlatform } from '../chat-platform.port.js';
import type { Reply } from '../conversation/reply.js';
import type { DiscordAnswer } from './discord-answers.js';
import { DISCORD_CALL_WITHIN_MS } from './api/discord-api.js';
import type { FilterOption } from './form/discord-filters.js';
import { discordFormFields } from './form/discord-form.js';
import { readPressId } from './discord-names.js';
import { askerOf, isAdmin } from './discord-origin.js';
import { type DiscordRequests, searchFields } from './discord-requests.js';
import { discordHelpReply, unknownReply } from './discord-words.js';

/** Interactions that take longer than an acknowledgement. */
export type Acted = ChatInputCommandInteraction | ButtonInteraction | ModalSubmitInteraction;

/** Runs acknowledged interactions. */
export class DiscordActions {
  private readonly logger = new Logger(DiscordActions.name);

  constructor(
    private readonly chatRequests: ChatRequests,
    private readonly controls: ChatControls,
    private readonly requests: DiscordRequests,
    private readonly filters: readonly FilterOption[],
    private readonly platform: Pick<ChatPlatform, 'edit'>,
  ) {}

  /** @returns the answer; null: the same interaction was answered before */
  async act(interaction: Acted): Promise<DiscordAnswer | null> {
    if (interaction.isModalSubmit())
      return this.requests.submit(interaction, discordFormFields(interaction.fields));
    if (interaction.isButton()) return said(await this.press(interaction));
    if (interaction.options.getSubcommand(false) === 'search')
      return this.requests.submit(interaction, searchFields(interaction, this.filters));
    return said(await this.command(interaction));
  }

  private async command(interaction: ChatInputCommandInteraction): Promise<Reply> {
    switch (interaction.options.getSubcommand(false)) {
      case 'list':
        return this.chatRequests.list(askerOf(interaction));
      case 'cancel':
        return this.controls.cancelByAddress(interaction.options.getString('job', true).trim());
      case 'help':
        return discordHelpReply(this.chatRequests.maxImages);
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

  /** The job is deleted by now, so a message that cannot be replaced is only logged. */
  private async replace({ channelId, message }: ButtonInteraction, reply: Reply): Promise<void> {
    try {
      const signal = AbortSignal.timeout(DISCORD_CALL_WITHIN_MS);
      await this.platform.edit({ conversation: channelId, message: message.id }, reply, signal);
    } catch (error) {
      this.logger.warn({ err: error }, 'a message could not be replaced in Discord');
    }
  }
}

function said(reply: Reply): DiscordAnswer {
  return { reply, correctId: null };
}
