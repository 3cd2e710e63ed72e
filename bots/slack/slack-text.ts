import { momentText } from '../../src/jobs/moment-text.js';
import type { Line, Span } from '../reply.js';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * `text` as Slack shows it letter by letter: without these three characters nothing can mention or link.
 * @see https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escapeSlack(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? character);
}

/** A line as mrkdwn. */
export function mrkdwn(line: Line): string {
  return line.map(spanText).join('');
}

function spanText(span: Span): string {
  if (typeof span === 'string') return escapeSlack(span);
  if ('bold' in span) return `*${escapeSlack(span.bold)}*`;
  if ('url' in span) return `<${span.url}|${escapeSlack(span.label).replaceAll('|', '¦')}>`;
  return escapeSlack(momentText(span.at, span.timeZone));
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/**
 * Slash text as the person typed it: Slack escapes three characters and, where the app asks for it, turns
 * people, channels and links into `<…|name>`.
 */
export function typedText(text: string): string {
  return text
    .replace(/<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g, (_all, kind: string, id: string, label = '') =>
      kind === '' ? label || id : `${kind === '!' ? '@' : kind}${label || id}`,
    )
    .replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
}
