import { parsedJson } from '../shapes.js';

/**
 * Finds the end of the JSON array or object that begins at `start`, ignoring brackets in strings.
 * @returns the index after its last bracket, or -1 if it does not end
 */
export function endOfJson(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/** The index of the quote that ends the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

/**
 * Parses a JavaScript literal that is JSON apart from `\xHH` escapes, escaped quotes and trailing commas.
 * @returns undefined for anything else
 */
export function parseLiteral(text: string): unknown {
  return parsedJson(text) ?? parsedJson(plainEscapes(text));
}

/** Letters after a backslash in a JavaScript string; every other letter stands for itself. */
const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  0: '\0',
  '\n': '',
};

/**
 * Removes the escapes of a text whose JSON is inside a JavaScript string, in any quotes.
 * @see https://tc39.es/ecma262/#sec-literals-string-literals
 */
export function unwrapped(text: string): string {
  return text.replace(
    /\\(?:x([\da-f]{2})|u([\da-f]{4})|u\{0{0,10}([\da-f]{1,5}|10[\da-f]{4})\}|(.))/gis,
    (_, byte?: string, unit?: string, point?: string, letter = '') => {
      const hex = byte ?? unit ?? point;
      return hex === undefined ? (ESCAPES[letter] ?? letter) : String.fromCodePoint(Number.parseInt(hex, 16));
    },
  );
}

function plainEscapes(text: string): string {
  // An unterminated string counts too: otherwise it is scanned again from each of its quotes.
  return text.replace(/"(?:[^"\\]|\\.)*(?:"|\\?$)|,\s*(?=[\]}])/gs, (token) =>
    token.startsWith(',') ? '' : token.replace(/\\(x([0-9a-f]{2})|.)/gis, jsonEscape),
  );
}

function jsonEscape(escape: string, what: string, hex: string | undefined): string {
  if (hex !== undefined) return `\\u00${hex}`;
  return /["\\/bfnrtu]/.test(what) ? escape : what;
}
