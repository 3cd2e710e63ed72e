import type { MailContent, MailLink } from './mail-content.js';

const LINE_LENGTH = 72;

/** The mail as plain text, wrapped at 72 characters, with each link on a separate line. */
export function mailText(content: MailContent): string {
  const { headline, paragraphs, facts, button, note, lists, links, footer } = content;
  const blocks = [
    headline,
    ...paragraphs.map((paragraph) => wrapped(paragraph)),
    linkLines(button),
    ...(note === null ? [] : [wrapped(note)]),
    ...(facts.length === 0 ? [] : [factLines(facts)]),
    ...lists.map(({ title, items }) => [`${title}:`, ...items.map((item) => `- ${item}`)].join('\n')),
    ...links.map(linkLines),
    ['-- ', wrapped(footer.reason), ...[footer.never, footer.home].map(linkLines)].join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function linkLines({ label, url }: MailLink): string {
  return `${label}:\n${url}`;
}

function factLines(facts: MailContent['facts']): string {
  const width = Math.max(...facts.map(([label]) => label.length)) + 2;
  return facts
    .map(([label, value]) => `${(label === '' ? '' : `${label}:`).padEnd(width)}${oneLine(value)}`)
    .join('\n');
}

/** A value with a line break must not look like another fact. */
function oneLine(value: string): string {
  return value.replace(/\s+/g, ' ');
}

function wrapped(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > LINE_LENGTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}
