import { type APIActionRowComponent, type APIButtonComponent, ButtonStyle, ComponentType } from 'discord.js';
import type { Button, Reply } from '../../conversation/reply.js';
import { markdown } from './discord-text.js';
import { pressId } from '../discord-names.js';

/** Discord takes 2000 characters. */
const MAX_CONTENT_LENGTH = 2000;
const MAX_BUTTONS = 5;
const CUT = '…';

/** A message in the format of Discord's API. */
export interface DiscordMessage {
  readonly content: string;
  /** Always present: an edit without components would keep the old buttons. */
  readonly components: readonly APIActionRowComponent<APIButtonComponent>[];
  /** Suppresses all mentions in the text. */
  readonly allowed_mentions: { readonly parse: readonly never[] };
}

/** Converts a reply for Discord. @param more buttons besides those of the reply */
export function discordMessage(
  { lines, buttons }: Reply,
  more: readonly APIButtonComponent[] = [],
): DiscordMessage {
  const all = [...buttons.map(button), ...more].slice(0, MAX_BUTTONS);
  return {
    content: whole(lines.map(markdown)),
    components: all.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: all }],
    allowed_mentions: { parse: [] },
  };
}

/** A button that opens the form with the earlier request. */
export function correctButton(customId: string): APIButtonComponent {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Primary,
    custom_id: customId,
    label: 'Correct it',
  };
}

/** A reply without link buttons: Discord refuses some forms of addresses. */
export function withoutLinkButtons(reply: Reply): Reply {
  return { ...reply, buttons: reply.buttons.filter((given) => !('url' in given)) };
}

/** As many whole lines as fit: a cut line could contain markup that is never closed. */
function whole(lines: readonly string[]): string {
  const text = lines.join('\n');
  if (text.length <= MAX_CONTENT_LENGTH) return text;
  const kept: string[] = [];
  let length = CUT.length;
  for (const line of lines) {
    length += line.length + 1;
    if (length > MAX_CONTENT_LENGTH) break;
    kept.push(line);
  }
  return [...kept, CUT].join('\n');
}

function button(given: Button): APIButtonComponent {
  const base = { type: ComponentType.Button, label: given.label } as const;
  if ('url' in given) return { ...base, style: ButtonStyle.Link, url: given.url };
  const style = given.action === 'delete' ? ButtonStyle.Danger : ButtonStyle.Secondary;
  return { ...base, style, custom_id: pressId(given.action, given.jobId) };
}
