import { Tokenizer } from 'htmlparser2';

/** The attributes of a tag by their names in lower case, with decoded entities. */
export type Attributes = Readonly<Record<string, string>>;

/** Receives the parts of a piece of HTML in their order. */
export interface MarkupReader {
  /** @param name in lower case */
  onTag(name: string, attributes: Attributes): void;
  onClosingTag(name: string): void;
  /** Any piece of text with decoded entities, in scripts and styles too. */
  onText(text: string): void;
}

/** No honest tag has more attributes; further ones are dropped. */
const MAX_ATTRIBUTES = 100;

/**
 * Reads a piece of HTML tag by tag. It builds nothing, not even a list of open elements, so the time depends
 * on the length alone, however deep tags are nested and whatever is left open.
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
        // The first of two attributes with one name counts.
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
