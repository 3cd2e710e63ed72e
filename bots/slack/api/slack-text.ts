import type { types } from '@slack/bolt';
import { momentText } from '../../../src/jobs/wording/moment-text.js';
import type { Line, Span } from '../../conversation/reply.js';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * Escapes text for a field with markup: without these three characters nothing can mention or link.
 * @see https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escapeSlack(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? character);
}

/** A line as plain text for notifications and screen readers, without bold type and labels of links. */
export function slackPlainText(line: Line): string {
  return line.map((span) => escapeSlack(plainSpan(span))).join('');
}

function plainSpan(span: Span): string {
  if (typeof span === 'string') return span;
  if ('bold' in span) return span.bold;
  return 'url' in span ? `${span.label} (${span.url})` : momentText(span.at, span.timeZone);
}

/**
 * A line as elements of rich text, in which Slack reads no `*`, `_`, `` ` ``, `~`, `<` or `:name:` as markup.
 * @see https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
export function richText(line: Line): types.RichTextElement[] {
  return line.filter((span) => span !== '').map(richSpan);
}

function richSpan(span: Span): types.RichTextElement {
  if (typeof span === 'string') return { type: 'text', text: span };
  if ('bold' in span) return { type: 'text', text: span.bold, style: { bold: true } };
  if ('url' in span) return { type: 'link', url: span.url, text: span.label };
  return { type: 'text', text: momentText(span.at, span.timeZone) };
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
/** People, channels and links, but not the timestamps and emoji of Discord, which may come unescaped. */
const REFERENCE = /<(?!a?:\w|t:-?\d)([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g;

/**
 * Restores slash text as typed: Slack escapes three characters and, if the app asks for it, turns people,
 * channels and links into `<…|name>`.
 */
export function typedText(text: string): string {
  return text
    .replace(REFERENCE, (_all, kind: string, id: string, label = '') =>
      kind === '' ? label || id : `${kind === '!' ? '@' : kind}${label || id}`,
    )
    .replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
}
