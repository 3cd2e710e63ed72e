const MAX_LENGTH = 120;
/** What tells nothing: an error of libvips without words, and that a picture that cannot be read is not written. */
const EMPTY = /^(?:Unknown error|.*unable to write.*|\P{L}*)$/u;

/**
 * What a process for images said of one that it refused, in one short line without paths: of all that libvips says
 * the last line tells why it gave up, and those before it what it met on the way.
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
