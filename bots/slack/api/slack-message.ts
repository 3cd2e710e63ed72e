import type { types } from '@slack/bolt';
import type { Button, Line, Reply } from '../../conversation/reply.js';
import { OPEN_ACTION, PRESS_ACTIONS } from '../slack-names.js';
import { slackPlainText, richText } from './slack-text.js';

type Block = types.KnownBlock;

/** Slack allows 3000 characters in the text of a section and does not document a limit for rich text. */
const MAX_BLOCK_LENGTH = 2900;
const MAX_TEXT_BLOCKS = 40;
const MAX_FALLBACK_LENGTH = 3000;
const LINE_BREAK: types.RichTextText = { type: 'text', text: '\n' };

/** A message in the format of the Web API. */
export interface SlackMessage {
  /** The text for notifications and screen readers. */
  readonly text: string;
  /** No markup: the text contains words that people typed. */
  readonly mrkdwn: false;
  readonly blocks: Block[];
}

/** Converts a reply for Slack. @param pictureId an uploaded file to show above the buttons */
export function slackMessage({ lines, buttons }: Reply, pictureId: string | null = null): SlackMessage {
  return {
    text: lines.map(slackPlainText).join('\n').slice(0, MAX_FALLBACK_LENGTH),
    mrkdwn: false,
    blocks: [
      ...textBlocks(lines),
      ...(pictureId === null ? [] : [picture(pictureId)]),
      ...(buttons.length === 0 ? [] : [actions(buttons)]),
    ],
  };
}

/** Joins lines into blocks up to the maximum length. */
function textBlocks(lines: readonly Line[]): Block[] {
  const parts: { lines: Line[]; length: number }[] = [];
  for (const line of lines) {
    const { length } = slackPlainText(line);
    const last = parts.at(-1);
    if (last === undefined || last.length + length >= MAX_BLOCK_LENGTH) parts.push({ lines: [line], length });
    else {
      last.lines.push(line);
      last.length += length + 1;
    }
  }
  return parts.slice(0, MAX_TEXT_BLOCKS).map((part) => textBlock(part.lines));
}

function textBlock(lines: readonly Line[]): Block {
  const elements = lines.flatMap((line, index) => [...(index === 0 ? [] : [LINE_BREAK]), ...richText(line)]);
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function picture(id: string): Block {
  return { type: 'image', slack_file: { id }, alt_text: 'The first of the collected images' };
}

function actions(buttons: readonly Button[]): Block {
  return { type: 'actions', elements: buttons.map(button) };
}

function button(given: Button): types.Button {
  const text = { type: 'plain_text', text: given.label } as const;
  if ('url' in given) return { type: 'button', action_id: OPEN_ACTION, text, url: given.url };
  const id = Object.keys(PRESS_ACTIONS).find((name) => PRESS_ACTIONS[name] === given.action) ?? given.action;
  const base = { type: 'button', action_id: id, text, value: given.jobId } as const;
  return given.action === 'delete' ? { ...base, style: 'danger', confirm: DELETE_CONFIRM } : base;
}

const DELETE_CONFIRM: types.ConfirmationDialog = {
  title: { type: 'plain_text', text: 'Delete these images?' },
  text: { type: 'plain_text', text: 'The link stops working at once, for everybody.' },
  confirm: { type: 'plain_text', text: 'Delete now' },
  deny: { type: 'plain_text', text: 'Keep' },
  style: 'danger',
};
