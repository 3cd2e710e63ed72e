import type { Instant } from '../../../src/jobs/clock.port.js';
import type { Line, Span } from '../../conversation/reply.js';

/**
 * Characters that can begin markup anywhere; Discord allows escaping any character but letters and digits.
 */
const MARKS = /[\\*_~`|<>[\]@]/g;
/** Emoji names, e.g. `:panda_face:`, also inside `<:name:1234>`, of which only the bracket is escaped. */
const EMOJI = /:(?=[\w+-]+:)/g;
/** Discord shows an invitation card even for `discord.gg/name` without a scheme. */
const PATH_OF_HOST = /(?<=\w\.[a-z]{2,})\/(?=[\w-])/gi;
const LINE_BREAKS = /[\r\n\u2028\u2029]+/g;
/** Markup at the start of a line: headings, lists and small print. */
const BLOCK_AT_START = /^(\s*)([#+-]|\d+\.)/;

/** Escapes text: the result cannot mention, link, format or break the line. */
export function escapeDiscord(text: string): string {
  return text
    .replace(LINE_BREAKS, ' ')
    .replace(MARKS, String.raw`\$&`)
    .replace(EMOJI, String.raw`\:`)
    .replace(PATH_OF_HOST, String.raw`\/`)
    .replaceAll('://', String.raw`\://`);
}

/** A line in Discord's Markdown. */
export function markdown(line: Line): string {
  return line.map(spanText).join('').replace(BLOCK_AT_START, escapeBlock);
}

/** @see https://discord.com/developers/docs/reference#message-formatting-timestamp-styles */
export function timestamp(at: Instant): string {
  const seconds = Math.floor(at / 1000);
  return `<t:${seconds}:F> (<t:${seconds}:R>)`;
}

function spanText(span: Span): string {
  if (typeof span === 'string') return escapeDiscord(span);
  if ('bold' in span) return `**${escapeDiscord(span.bold)}**`;
  // Angle brackets suppress the preview.
  if ('url' in span) return `[${escapeDiscord(span.label)}](<${span.url}>)`;
  return timestamp(span.at);
}

function escapeBlock(_all: string, space: string, mark: string): string {
  return mark.endsWith('.') ? `${space}${mark.slice(0, -1)}\\.` : `${space}\\${mark}`;
}
