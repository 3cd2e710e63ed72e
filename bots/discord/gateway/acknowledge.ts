import { Logger } from '@nestjs/common';
import { MessageFlags, RESTJSONErrorCodes as Code } from 'discord.js';
import type { Acted } from '../discord-actions.js';
import { discordFailure } from '../api/discord-failure.js';

const logger = new Logger('DiscordDoor');

/** The client itself tries again only after some failures. */
const TRIES = 3;

/**
 * Tells Discord that an answer for this one person comes later; Discord gives three seconds for it.
 * @returns whether the person may wait for an answer; false: Discord has told them that it failed
 */
export async function acknowledge(interaction: Acted): Promise<boolean> {
  for (let tried = 1; ; tried += 1) {
    try {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      return true;
    } catch (error) {
      const { kind, detail } = discordFailure(error);
      // Acknowledged by a try before this one, or by another process: what may happen only once is claimed later.
      if (detail === `discord_${Code.InteractionHasAlreadyBeenAcknowledged}`) return true;
      if (tried < TRIES && (kind === 'unclear' || kind === 'later')) continue;
      logger.warn({ err: error }, 'a Discord interaction could not be acknowledged');
      return kind === 'unclear';
    }
  }
}
