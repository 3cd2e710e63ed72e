import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import { NO_TEAM } from '../chat-address.js';
import type { Asker } from '../conversation/chat-requests.js';
import type { DiscordAnswerPlace } from './discord-answers.js';

/** No conversation of Discord's has this id; messages to it go to the person directly. */
const NO_CONVERSATION = '0';

/** What is used of an interaction, whatever kind it is of. */
export type Origin = Pick<
  BaseInteraction,
  'id' | 'applicationId' | 'token' | 'guildId' | 'channelId' | 'user' | 'memberPermissions'
>;

/** Who asked where, as Discord vouches for it. */
export function askerOf({ guildId, channelId, user }: Origin): Asker {
  const address = {
    team: guildId ?? NO_TEAM,
    conversation: channelId ?? NO_CONVERSATION,
    user: user.id,
  };
  return { channel: 'discord', address, email: null };
}

/** Where the answer goes. */
export function placeOf({ applicationId, token, id, user }: Origin): DiscordAnswerPlace {
  return { applicationId, token, interactionId: id, user: user.id };
}

/** Whether somebody may manage the server in which they act. */
export function isAdmin({ memberPermissions }: Origin): boolean {
  return (
    memberPermissions?.any([PermissionFlagsBits.Administrator, PermissionFlagsBits.ManageGuild]) ?? false
  );
}
