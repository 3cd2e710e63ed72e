const MAX_LENGTH = 120;
/** Stands for an error of libvips without words. */
const NOTHING_SAID = 'Unknown error';

/**
 * What a process for images said of one that it refused, in one short line without paths: of all that libvips says
 * the last line tells why it gave up, and those before it what it met on the way.
 */
export function refusalText(message: unknown): string {
  const lines = String(message)
    .split('\n')
    .map((line) =>
      line
        .replace(/^Input (?:file|buffer) has corrupt header:/, '')
        .replaceAll(/\S*\/\S+/g, '')
        .trim(),
    );
  return (lines.findLast((line) => /\p{L}/u.test(line) && line !== NOTHING_SAID) ?? 'cannot be read').slice(
    0,
    MAX_LENGTH,
  );
}
