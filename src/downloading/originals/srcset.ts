/** The largest image of a srcset; `width` is 0 where only densities or nothing is given. */
export interface SrcsetImage {
  readonly url: string;
  readonly width: number;
}

/**
 * Reads a srcset and takes its largest image.
 * @returns null for an empty one
 * @see https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute
 */
export function largestOf(srcset = ''): SrcsetImage | null {
  let largest: SrcsetImage | null = null;
  let largestSize = 0;
  // An address may hold commas, but does not end with one.
  for (const [, url = '', , size = '', unit = ''] of srcset.matchAll(
    /([^\s,]\S*[^\s,])(\s+([\d.]+)([wx]))?\s*(?:,|$)/g,
  )) {
    const value = Number(size) || 1;
    if (value <= largestSize) continue;
    largest = { url, width: unit === 'w' ? value : 0 };
    largestSize = value;
  }
  return largest;
}
