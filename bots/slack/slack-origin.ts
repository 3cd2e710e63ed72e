import type { BlockAction, GlobalShortcut, SlackViewAction, SlashCommand } from '@slack/bolt';
import { NO_TEAM } from '../chat-address.js';
import type { SlackAnswerPlace, PressedMessage } from './slack-answers.js';

/** Who did something where, and how to answer. */
export interface SlackOrigin extends SlackAnswerPlace {
  readonly team: string;
  /** Slack's own id of this one interaction. */
  readonly interactionId: string;
}

/** A pressed button, and the message it is under; null where that cannot be changed. */
export interface SlackPress extends SlackOrigin {
  readonly pressed: PressedMessage | null;
}

/** Of a slash command. */
export function ofCommand(body: SlashCommand): SlackOrigin {
  return {
    team: body.team_id || body.enterprise_id || NO_TEAM,
    conversation: body.channel_id,
    user: body.user_id,
    responseUrl: body.response_url || null,
    interactionId: body.trigger_id,
  };
}

/** Of a global shortcut, which belongs to no conversation: the answer goes to the person. */
export function ofShortcut({ team, user, trigger_id: interactionId }: GlobalShortcut): SlackOrigin {
  return {
    team: team?.id ?? NO_TEAM,
    conversation: user.id,
    user: user.id,
    responseUrl: null,
    interactionId,
  };
}

/** Of a submitted form. @param conversation where it was opened */
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

/** Of a pressed button. */
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
