/** A header of a head. */
interface Field {
  readonly name: string;
  readonly value: string;
}

/** HTTP/1 only: other protocols are not guessed. */
const STATUS_LINE = /^HTTP\/1\.[01] [1-9]\d\d(?=[ \r\n]|$)/;
/** Spaces before the colon are dropped. */
const FIELD = /^([\w!#$%&'*+.^`|~-]+)[ \t]*:(.*)$/s;
/** A longer number cannot be a length. */
const LENGTH = /^\d{1,15}$/;

/** @returns the status a head begins with, or null if it is no head of HTTP/1 */
export function statusIn(head: string): number | null {
  return STATUS_LINE.test(head) ? Number(head.slice(9, 12)) : null;
}

/**
 * Rewrites the head of an answer to follow the rules where its meaning is beyond doubt: line feeds without a
 * return, folded lines, spaces before a colon, lines that are no header, a repeated equal length, a length
 * beside chunks (then ignored), and `identity` as a transfer coding. Contradictions, such as two different
 * lengths, stay for the parser to refuse. Only for a connection with one answer: bytes beyond the length
 * would otherwise be taken for the next answer.
 * @param head latin1, with the empty line that ends it
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-2.2
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-5.1
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.6
 */
export function mendedHead(head: string): string {
  const [statusLine = '', ...lines] = head.split(/\r?\n/);
  const fields = withOneLength(fieldsIn(lines)).map(({ name, value }) => `${name}: ${value}`);
  return [statusLine, ...fields, '', ''].join('\r\n');
}

function fieldsIn(lines: readonly string[]): Field[] {
  const unfolded: string[] = [];
  for (const line of lines) {
    const isFolded = /^[ \t]/.test(line) && unfolded.length > 0;
    unfolded.push(isFolded ? `${unfolded.pop()} ${line.trim()}` : line);
  }
  return unfolded.flatMap((line) => {
    const [, name, value = ''] = FIELD.exec(line) ?? [];
    return name === undefined ? [] : [{ name, value: value.trim() }];
  });
}

function withOneLength(fields: readonly Field[]): readonly Field[] {
  const lengths = fields
    .filter((field) => is(field, 'content-length'))
    .flatMap(({ value }) => value.split(',').map((length) => length.trim()));
  const others = fields.filter((field) => !is(field, 'content-length') && !isIdentity(field));
  if (others.some((field) => is(field, 'transfer-encoding') && /\bchunked$/i.test(field.value)))
    return others;
  const [first] = lengths;
  if (first === undefined) return others;
  const isOne = LENGTH.test(first) && lengths.every((length) => length === first);
  return isOne ? [...others, { name: 'Content-Length', value: first }] : fields;
}

/** A withdrawn name for "no coding". */
function isIdentity(field: Field): boolean {
  return is(field, 'transfer-encoding') && /^identity$/i.test(field.value);
}

function is({ name }: Field, lowerCaseName: string): boolean {
  return name.toLowerCase() === lowerCaseName;
}
