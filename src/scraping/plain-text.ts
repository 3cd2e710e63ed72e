const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  copy: '©',
  reg: '®',
  middot: '·',
  hellip: '…',
};
const UNSEEN = /<(style|script)\b[^>]*>[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi;
const HIDDEN = /<(\w+)\b[^>]*\bdisplay:\s*none\b[^>]*>[\s\S]*?<\/\1\s*>/gi;
const BREAKS = /<\/?(br|p|div|li|ul|ol|tr|td|th|table|dd|dt|dl|h[1-6])\b[^>]*>/gi;

/** A quoted attribute may hold what looks like a tag's end. */
const TAGS = /<\/?[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi;

/** The text a person would read of a piece of HTML, in one line; null where that is nothing. */
export function plainText(html: string): string | null {
  const text = html
    .replace(UNSEEN, ' ')
    .replace(HIDDEN, ' ')
    .replace(BREAKS, ' ')
    .replace(TAGS, '')
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? null : withoutEntities(text);
}

/** A text with its entities written out, e.g. `Fish &amp; chips`; what looks like a tag stays. */
export function withoutEntities(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, decoded);
}

function decoded(entity: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? entity;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity;
}
