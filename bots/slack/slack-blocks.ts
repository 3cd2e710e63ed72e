import type { types } from '@slack/bolt';
import type { Button, Reply } from '../reply.js';
import { OPEN_ACTION, PRESS_ACTIONS } from './slack-names.js';
import { mrkdwn } from './slack-text.js';

type Block = types.KnownBlock;

/** Slack takes 3000 characters in a section. */
const MAX_SECTION_LENGTH = 2900;
const MAX_SECTIONS = 40;
const MAX_FALLBACK_LENGTH = 3000;

/** A message as the Web API takes it; `text` is what notifications and screen readers get. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: Block[];
}

/** A reply in Slack's own terms. @param pictureId an uploaded file to show above the buttons */
export function slackMessage({ lines, buttons }: Reply, pictureId: string | null = null): SlackMessage {
  const texts = lines.map(mrkdwn);
  return {
    text: texts.join('\n').slice(0, MAX_FALLBACK_LENGTH),
    blocks: [
      ...sections(texts),
      ...(pictureId === null ? [] : [picture(pictureId)]),
      ...(buttons.length === 0 ? [] : [actions(buttons)]),
    ],
  };
}

function sections(texts: readonly string[]): Block[] {
  const joined = texts.reduce<string[]>((parts, line) => {
    const last = parts.at(-1);
    const fits = last !== undefined && last.length + line.length < MAX_SECTION_LENGTH;
    return fits ? [...parts.slice(0, -1), `${last}\n${line}`] : [...parts, line];
  }, []);
  // Verbatim: names of channels and people in a query stay letters.
  return joined
    .slice(0, MAX_SECTIONS)
    .map((part): Block => ({ type: 'section', text: { type: 'mrkdwn', text: part, verbatim: true } }));
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
