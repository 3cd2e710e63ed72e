import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import { NO_TEAM } from '../chat-address.js';
import type { Asker } from '../conversation/chat-requests.js';
import type { DiscordAnswerPlace } from './discord-answers.js';

/** Not the id of any conversation, so that messages go to the person directly. */
const NO_CONVERSATION = '0';

/** The common facts of all kinds of interactions. */
export type Origin = Pick<
  BaseInteraction,
  'id' | 'applicationId' | 'token' | 'guildId' | 'channelId' | 'user' | 'memberPermissions'
>;

/** The asker, authenticated by Discord. */
export function askerOf({ guildId, channelId, user }: Origin): Asker {
  const address = {
    team: guildId ?? NO_TEAM,
    conversation: channelId ?? NO_CONVERSATION,
    user: user.id,
  };
  return { channel: 'discord', address, email: null };
}

/** The target of the answer. */
export function placeOf({ applicationId, token, id, user }: Origin): DiscordAnswerPlace {
  return { applicationId, token, interactionId: id, user: user.id };
}

/** Whether the person may manage the server. */
export function isAdmin({ memberPermissions }: Origin): boolean {
  return (
    memberPermissions?.any([PermissionFlagsBits.Administrator, PermissionFlagsBits.ManageGuild]) ?? false
  );
}
