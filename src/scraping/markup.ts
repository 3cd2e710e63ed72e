import { Tokenizer } from 'htmlparser2';

/** A tag's attributes by their names in lower case, entities written out. */
export type Attributes = Readonly<Record<string, string>>;

/** Who is told what stands in a piece of HTML, in its order. */
export interface MarkupReader {
  /** @param name in lower case */
  onTag(name: string, attributes: Attributes): void;
  onClosingTag(name: string): void;
  /** Any piece of a text, entities written out; what is in scripts and styles too. */
  onText(text: string): void;
}

/** A tag with more is nobody's page; the first ones count. */
const MAX_ATTRIBUTES = 100;

/**
 * Reads a piece of HTML tag by tag. Nothing is built of it, not even a list of what is open, so that the time depends
 * on nothing but the length, however deep the tags are nested and whatever is left open.
 */
export function readMarkup(html: string, reader: MarkupReader): void {
  let tag = '';
  let attributes: Record<string, string> = {};
  let name = '';
  let value = '';
  let count = 0;
  const openTag = (): void => reader.onTag(tag, attributes);
  const tokenizer = new Tokenizer(
    {},
    {
      onopentagname(start, end) {
        tag = html.slice(start, end).toLowerCase();
        attributes = {};
        count = 0;
      },
      onattribname: (start, end) => void (name = html.slice(start, end).toLowerCase()),
      onattribdata: (start, end) => void (value += html.slice(start, end)),
      onattribentity: (codePoint) => void (value += String.fromCodePoint(codePoint)),
      onattribend() {
        // Of two with one name the first counts.
        if (count < MAX_ATTRIBUTES && !Object.hasOwn(attributes, name)) attributes[name] = value;
        count += 1;
        value = '';
      },
      onopentagend: openTag,
      onselfclosingtag: openTag,
      onclosetag: (start, end) => reader.onClosingTag(html.slice(start, end).toLowerCase()),
      ontext: (start, end) => reader.onText(html.slice(start, end)),
      ontextentity: (codePoint) => reader.onText(String.fromCodePoint(codePoint)),
      oncdata: () => {},
      oncomment: () => {},
      ondeclaration: () => {},
      onprocessinginstruction: () => {},
      onend: () => {},
    },
  );
  tokenizer.write(html);
  tokenizer.end();
}
