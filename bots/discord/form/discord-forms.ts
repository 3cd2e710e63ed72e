import { Logger } from '@nestjs/common';
import type { ButtonInteraction, ChatInputCommandInteraction } from 'discord.js';
import type { RawFields } from '../../../src/validation/problem.js';
import { writeFieldWords } from '../../conversation/field-words.js';
import type { AskerZone } from './asker-zone.js';
import { formModal } from './discord-form.js';
import { readCorrectId } from '../discord-names.js';
import type { RecentRequests } from './recent-requests.js';

/** Opens forms. Opening one acknowledges the interaction. */
export class DiscordForms {
  private readonly logger = new Logger(DiscordForms.name);

  constructor(
    private readonly zone: AskerZone,
    private readonly recent: RecentRequests,
  ) {}

  /** Opens the form; the button under a refused request prefills it with that request. Never fails. */
  async open(interaction: ChatInputCommandInteraction | ButtonInteraction): Promise<void> {
    try {
      await interaction.showModal(formModal(await this.prefill(interaction)));
    } catch (error) {
      this.logger.warn({ err: error }, 'a form could not be opened in Discord');
    }
  }

  private async prefill(interaction: ChatInputCommandInteraction | ButtonInteraction): Promise<RawFields> {
    const { user } = interaction;
    const before = interaction.isButton() ? readCorrectId(interaction.customId) : null;
    const asked = before === null ? {} : this.recent.find(before, user.id);
    return { timeZone: await this.zone.of(user.id), ...asked, query: queryWithWords(asked) };
  }
}

/** The query followed by the options as words, since the form has no fields for them. */
function queryWithWords({ query, queries, email: _hasField, ...options }: RawFields): string {
  const text = queries ?? query;
  return [typeof text === 'string' ? text : '', writeFieldWords(options)].join(' ').trim();
}
