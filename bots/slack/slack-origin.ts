import type { BlockAction, GlobalShortcut, SlackViewAction, SlashCommand } from '@slack/bolt';
import { NO_TEAM } from '../chat-address.js';
import type { SlackAnswerPlace, PressedMessage } from './slack-answers.js';

/** A person in a conversation, and how to answer. */
export interface SlackOrigin extends SlackAnswerPlace {
  readonly team: string;
  /** Slack's id of this interaction. */
  readonly interactionId: string;
}

/** A pressed button with its message; null: the message cannot be changed. */
export interface SlackPress extends SlackOrigin {
  readonly pressed: PressedMessage | null;
}

/** The origin of a slash command. */
export function ofCommand(body: SlashCommand): SlackOrigin {
  return {
    team: body.team_id || body.enterprise_id || NO_TEAM,
    conversation: body.channel_id,
    user: body.user_id,
    responseUrl: body.response_url || null,
    interactionId: body.trigger_id,
  };
}

/** The origin of a global shortcut, which belongs to no conversation: the answer goes to the person. */
export function ofShortcut({ team, user, trigger_id: interactionId }: GlobalShortcut): SlackOrigin {
  return {
    team: team?.id ?? NO_TEAM,
    conversation: user.id,
    user: user.id,
    responseUrl: null,
    interactionId,
  };
}

/** The origin of a submitted form. @param conversation the conversation in which the form was opened */
export function ofView({ team, user, view }: SlackViewAction, conversation: string): SlackOrigin {
  const interactionId = `form ${view.id}`;
  return {
    team: team?.id ?? user.team_id ?? NO_TEAM,
    conversation,
    user: user.id,
    responseUrl: null,
    interactionId,
  };
}

/** The origin of a pressed button. */
export function ofAction(body: BlockAction): SlackPress {
  const { team, user, channel, message, trigger_id: interactionId } = body;
  const isEphemeral = body.container['is_ephemeral'] === true;
  return {
    pressed:
      channel === undefined || message === undefined || isEphemeral
        ? null
        : { conversation: channel.id, message: message.ts, fileIds: filesIn(message['blocks']) },
    team: team?.id ?? user.team_id ?? NO_TEAM,
    conversation: channel?.id ?? user.id,
    user: user.id,
    responseUrl: body.response_url ?? null,
    interactionId,
  };
}

const FILE_ID = /"slack_file":\{"id":"(F[0-9A-Z]+)"/g;

function filesIn(blocks: unknown): string[] {
  return [...JSON.stringify(blocks ?? []).matchAll(FILE_ID)].map(([, id = '']) => id);
}
