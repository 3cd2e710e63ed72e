const OPT_OUTS = new Set(['noai', 'noimageai', 'noimageindex']);
const OUR_NAMES = new Set(['image-job', '*']);
const DIRECTIVES_WITH_VALUE = new Set([
  'max-snippet',
  'max-image-preview',
  'max-video-preview',
  'unavailable_after',
]);
/** Dates contain colons too, but are no names. */
const NAME = /^(?:\*|[a-z][\w-]*)$/;

/**
 * Whether a site owner asks not to collect an image: `noai`, `noimageai` or `noimageindex`, for everybody or
 * for our name.
 * @param header one or more `X-Robots-Tag` values
 * @see https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag#xrobotstag
 */
export function isOptedOut(header: string | readonly string[] | undefined): boolean {
  const values = header === undefined ? [] : [header].flat();
  return values.some((value) => hasOptOut(value.toLowerCase()));
}

function hasOptOut(value: string): boolean {
  let isForUs = true;
  for (const part of value.split(',')) {
    const { name, directive } = readPart(part);
    // A name applies to everything after it, up to the next name.
    if (name !== null) isForUs = OUR_NAMES.has(name);
    if (isForUs && OPT_OUTS.has(directive)) return true;
  }
  return false;
}

function readPart(part: string): { name: string | null; directive: string } {
  const [before = '', ...after] = part.split(':').map((piece) => piece.trim());
  const isNamed = after.length > 0 && NAME.test(before) && !DIRECTIVES_WITH_VALUE.has(before);
  return isNamed ? { name: before, directive: after.join(':') } : { name: null, directive: before };
}
