import { Logger } from '@nestjs/common';
import { DiscordAPIError, MessageFlags, RESTJSONErrorCodes as Code } from 'discord.js';
import type { Acted } from './discord-actions.js';

const logger = new Logger('DiscordDoor');

/**
 * Tells Discord that an answer for this one person comes later; Discord gives three seconds for it.
 * @returns whether the person waits for an answer; false: Discord has told them that it failed
 */
export async function acknowledge(interaction: Acted): Promise<boolean> {
  try {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    return true;
  } catch (error) {
    // Acknowledged by a try before this one, or by another process: what may happen only once is claimed later.
    const isAcknowledged =
      error instanceof DiscordAPIError && error.code === Code.InteractionHasAlreadyBeenAcknowledged;
    if (!isAcknowledged) logger.warn({ err: error }, 'a Discord interaction could not be acknowledged');
    return isAcknowledged;
  }
}
