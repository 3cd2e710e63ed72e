import { Logger } from '@nestjs/common';
import { MessageFlags, RESTJSONErrorCodes as Code } from 'discord.js';
import type { Acted } from '../discord-actions.js';
import { discordFailure } from '../api/discord-failure.js';

const logger = new Logger('DiscordDoor');

/** The client's own retries cover only some failures. */
const TRIES = 3;

/**
 * Tells Discord that a personal answer will follow; Discord expects this within three seconds.
 * @returns whether the person still expects an answer; false: Discord told them that the interaction failed
 */
export async function acknowledge(interaction: Acted): Promise<boolean> {
  for (let tried = 1; ; tried += 1) {
    try {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      return true;
    } catch (error) {
      const { kind, detail } = discordFailure(error);
      // Acknowledged by an earlier try or another process; the submission itself is claimed later.
      if (detail === `discord_${Code.InteractionHasAlreadyBeenAcknowledged}`) return true;
      if (tried < TRIES && (kind === 'unclear' || kind === 'later')) continue;
      logger.warn({ err: error }, 'a Discord interaction could not be acknowledged');
      return kind === 'unclear';
    }
  }
}
