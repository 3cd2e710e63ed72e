import { Logger } from '@nestjs/common';
import type { ButtonInteraction, ChatInputCommandInteraction, Interaction } from 'discord.js';
import { answered } from '../../conversation/answered.js';
import type { BurstGate } from '../../conversation/burst-gate.js';
import { acknowledge } from './acknowledge.js';
import type { Acted, DiscordActions } from '../discord-actions.js';
import type { DiscordAnswers } from '../discord-answers.js';
import type { DiscordForms } from '../form/discord-forms.js';
import { DISCORD_COMMAND, FORM_ID, readCorrectId } from '../discord-names.js';
import { placeOf } from '../discord-origin.js';
import type { DiscordSuggestions } from '../form/discord-suggestions.js';
import type { SeenInteractions } from './seen-interactions.js';

/** Handlers of interactions, the most urgent first. */
export interface DoorWays {
  readonly suggestions: DiscordSuggestions;
  readonly forms: DiscordForms;
  readonly actions: DiscordActions;
  readonly answers: DiscordAnswers;
}

/** Takes everything Discord sends: acknowledges first, then runs the request. */
export class DiscordDoor {
  private readonly logger = new Logger(DiscordDoor.name);
  private readonly open = new Set<Promise<void>>();

  constructor(
    private readonly ways: DoorWays,
    private readonly seen: SeenInteractions,
    private readonly turns: BurstGate,
  ) {}

  /** Takes an interaction; ignores one that came before. Never fails. */
  handle(interaction: Interaction): void {
    if (!this.seen.isNew(interaction.id)) return;
    this.turns.arrived();
    const work = this.respond(interaction)
      .catch((error: unknown) => this.logger.error({ err: error }, 'a Discord interaction failed'))
      .finally(() => this.open.delete(work));
    this.open.add(work);
  }

  /** Resolves when every taken interaction was answered. */
  async idle(): Promise<void> {
    await Promise.all(this.open);
  }

  private async respond(interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) return this.ways.suggestions.respond(interaction);
    if (opensForm(interaction)) return this.ways.forms.open(interaction);
    if (isActed(interaction) && (await acknowledge(interaction))) await this.act(interaction);
  }

  private async act(interaction: Acted): Promise<void> {
    await this.turns.pass();
    let correctId: string | null = null;
    const reply = await answered(async () => {
      const answer = await this.ways.actions.act(interaction);
      correctId = answer?.correctId ?? null;
      return answer?.reply ?? null;
    }, this.logger);
    if (reply !== null) await this.ways.answers.answer(placeOf(interaction), { reply, correctId });
  }
}

function isActed(interaction: Interaction): interaction is Acted {
  if (interaction.isChatInputCommand()) return interaction.commandName === DISCORD_COMMAND;
  if (interaction.isModalSubmit()) return interaction.customId === FORM_ID;
  return interaction.isButton();
}

function opensForm(interaction: Interaction): interaction is ChatInputCommandInteraction | ButtonInteraction {
  if (interaction.isButton()) return readCorrectId(interaction.customId) !== null;
  return interaction.isChatInputCommand() && interaction.options.getSubcommand(false) === 'form';
}
