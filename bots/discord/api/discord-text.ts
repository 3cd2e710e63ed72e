import type { Instant } from '../../../src/jobs/clock.port.js';
import type { Line, Span } from '../../conversation/reply.js';

/** What can begin a mark anywhere; Discord lets every sign that is no letter or digit be escaped. */
const MARKS = /[\\*_~`|<>[\]@]/g;
/** Names of emoji, e.g. `:panda_face:`, also inside of `<:name:1234>`, whose bracket alone is escaped. */
const EMOJI = /:(?=[\w+-]+:)/g;
/** Discord shows an invitation as a card for `discord.gg/name`, without any scheme. */
const PATH_OF_HOST = /(?<=\w\.[a-z]{2,})\/(?=[\w-])/gi;
const LINE_BREAKS = /[\r\n\u2028\u2029]+/g;
/** What makes a heading, a list or small print of a line. */
const BLOCK_AT_START = /^(\s*)([#+-]|\d+\.)/;

/** `text` as Discord shows it letter by letter: it cannot mention, link, format or break the line. */
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
  // In pointed brackets, so that no preview is shown.
  if ('url' in span) return `[${escapeDiscord(span.label)}](<${span.url}>)`;
  return timestamp(span.at);
}

function escapeBlock(_all: string, space: string, mark: string): string {
  return mark.endsWith('.') ? `${space}${mark.slice(0, -1)}\\.` : `${space}\\${mark}`;
}
