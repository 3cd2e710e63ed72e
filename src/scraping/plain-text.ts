import { decodeHTMLStrict } from 'entities/decode';
import { type Attributes, readMarkup } from './markup.js';

/** Longer HTML is cut here. */
const MAX_HTML_LENGTH = 100_000;
const UNSEEN = new Set(['style', 'script']);
const HIDDEN = /\bdisplay:\s*none\b/i;
const BREAKS = /^(?:br|p|div|li|ul|ol|tr|td|th|table|dd|dt|dl|h[1-6])$/;
/** Elements without an end tag. */
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;

/** The text a person would read in a piece of HTML, in one line; null if there is none. */
export function plainText(html: string): string | null {
  const reading = new SeenText();
  readMarkup(html.slice(0, MAX_HTML_LENGTH), reading);
  return reading.text.replace(/\s+/g, ' ').trim() || null;
}

class SeenText {
  text = '';
  /** The element whose text is hidden; null: nothing is hidden. */
  private unseen: string | null = null;
  /** The number of open elements of that name, the hidden one included. */
  private depth = 0;

  onTag(name: string, { style = '' }: Attributes): void {
    if (name === this.unseen) this.depth += 1;
    if (this.unseen !== null) return;
    if (BREAKS.test(name)) this.text += ' ';
    const isUnseen = UNSEEN.has(name) || (HIDDEN.test(style) && !VOID.test(name));
    if (isUnseen) [this.unseen, this.depth] = [name, 1];
  }

  onClosingTag(name: string): void {
    if (name === this.unseen) this.depth -= 1;
    if (this.depth === 0) this.unseen = null;
    if (this.unseen === null && BREAKS.test(name)) this.text += ' ';
  }

  onText(text: string): void {
    if (this.unseen === null) this.text += text;
  }
}

/**
 * Decodes the entities of a text, e.g. `Fish &amp; chips`. Apparent tags stay, and so do entities without a
 * semicolon: `Copy&paste` is no sign.
 * @see https://html.spec.whatwg.org/multipage/named-characters.html
 */
export function withoutEntities(text: string): string {
  // Titles are compared word by word and become file names, where a no-break space is a plain one.
  return decodeHTMLStrict(text).replaceAll('\u00A0', ' ');
}
