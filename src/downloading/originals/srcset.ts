/** The largest image of a srcset; `width` is 0 if the srcset states only densities or nothing. */
export interface SrcsetImage {
  readonly url: string;
  readonly width: number;
}

// Sticky expressions continue where the last one ended, so that the time grows only linearly.
const ADDRESS = /[\s,]*([^\s,]\S*)/y;
const DESCRIPTORS = /[^,]*/y;
const SIZE = /(?:^|\s)([\d.]+)([wx])(?:\s|$)/;

/**
 * Finds the largest image of a srcset.
 * @returns null if it is empty
 * @see https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute
 */
export function largestOf(srcset = ''): SrcsetImage | null {
  let largest: SrcsetImage | null = null;
  let largestSize = 0;
  for (const { url, descriptors } of entriesOf(srcset)) {
    const [, size = '', unit = ''] = SIZE.exec(descriptors) ?? [];
    const value = Number(size) || 1;
    if (value <= largestSize) continue;
    largest = { url, width: unit === 'w' ? value : 0 };
    largestSize = value;
  }
  return largest;
}

function* entriesOf(srcset: string): Generator<{ readonly url: string; readonly descriptors: string }> {
  ADDRESS.lastIndex = 0;
  for (let found = ADDRESS.exec(srcset); found !== null; found = ADDRESS.exec(srcset)) {
    const address = found[1] ?? '';
    const url = withoutLastCommas(address);
    DESCRIPTORS.lastIndex = ADDRESS.lastIndex;
    // An address may contain commas, but a comma at its end ends the entry.
    const descriptors = url === address ? (DESCRIPTORS.exec(srcset)?.[0] ?? '') : '';
    ADDRESS.lastIndex += descriptors.length;
    yield { url, descriptors };
  }
}

function withoutLastCommas(text: string): string {
  let end = text.length;
  while (text[end - 1] === ',') end -= 1;
  return text.slice(0, end);
}
