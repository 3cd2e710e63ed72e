import { Logger } from '@nestjs/common';
import type { AutocompleteInteraction } from 'discord.js';
import type { Clock } from '../../../src/jobs/clock.port.js';
import type { ChatRequests } from '../../conversation/chat-requests.js';
import { suggestion, type Suggestion } from './suggestion.js';
import type { AskerZone } from './asker-zone.js';
import { askerOf } from '../discord-origin.js';
import { whenSuggestions } from './when-suggestions.js';
import { ZoneSuggestions } from './zone-suggestions.js';

const MOST = 25;

/** Suggests while people type. Never fails: without suggestions the command works as well. */
export class DiscordSuggestions {
  private readonly logger = new Logger(DiscordSuggestions.name);
  private readonly zones: ZoneSuggestions;

  constructor(
    private readonly chatRequests: Pick<ChatRequests, 'check' | 'list'>,
    private readonly zone: AskerZone,
    private readonly clock: Clock,
  ) {
    this.zones = new ZoneSuggestions(clock);
  }

  /** Answers one key press. */
  async respond(interaction: AutocompleteInteraction): Promise<void> {
    try {
      await interaction.respond(await this.choices(interaction));
    } catch (error) {
      this.logger.debug({ err: error }, 'a suggestion came too late');
    }
  }

  private async choices(interaction: AutocompleteInteraction): Promise<Suggestion[]> {
    const { name, value } = interaction.options.getFocused(true);
    if (name === 'job') return this.openJobs(interaction, value);
    const known = await this.zone.of(interaction.user.id);
    if (name === 'timezone') return this.zones.suggest(value, known);
    const timeZone = interaction.options.getString('timezone') ?? known;
    const check = (when: string): ReturnType<ChatRequests['check']> =>
      this.chatRequests.check({ query: 'images', when, timeZone });
    return whenSuggestions(value, check, this.clock.now());
  }

  /** The asker's open jobs, each with its public id as the value. */
  private async openJobs(interaction: AutocompleteInteraction, typed: string): Promise<Suggestion[]> {
    const { lines } = await this.chatRequests.list(askerOf(interaction));
    const links = lines.flat().filter((span) => typeof span !== 'string' && 'url' in span);
    const words = typed.toLowerCase();
    return links
      .map(({ label, url }) => suggestion(label, url.slice(url.lastIndexOf('/') + 1)))
      .filter(({ name }) => name.toLowerCase().includes(words))
      .slice(0, MOST);
  }
}
