const MAX_LENGTH = 120;
/**
 * Lines without information: an error of libvips without words, and that it does not write an unreadable
 * picture.
 */
const EMPTY = /^(?:Unknown error|.*unable to write.*|\P{L}*)$/u;

/**
 * Shortens a refusal of a child process to one line without paths. The last line of libvips tells why it gave
 * up; the lines before it tell what it met on the way.
 */
export function refusalText(message: unknown): string {
  const lines = String(message).split('\n').map(withoutPaths);
  return (lines.findLast((line) => !EMPTY.test(line)) ?? 'cannot be read').slice(0, MAX_LENGTH);
}

function withoutPaths(line: string): string {
  return line
    .replace(/^Input (?:file|buffer) has corrupt header:/, '')
    .replaceAll(/\S*\/\S+/g, '')
    .trim();
}
