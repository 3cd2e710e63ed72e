/** An image in structured data. */
export interface StructuredImage {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly text: string;
}

const MAX_VISITED = 5000;
const IMAGE_KEYS = ['image', 'primaryImageOfPage', 'associatedMedia', 'photo', 'logo'] as const;

/**
 * The images of a page's JSON-LD: everything under `image` and similar keys, and every ImageObject.
 * @returns an empty list if the text is no JSON
 * @see https://schema.org/ImageObject
 */
export function imagesInJsonLd(text: string): StructuredImage[] {
  const found: StructuredImage[] = [];
  const waiting: { readonly value: unknown; readonly isImage: boolean }[] = [
    { value: parsed(text), isImage: false },
  ];
  for (let visited = 0; visited < MAX_VISITED; visited += 1) {
    const next = waiting.pop();
    if (next === undefined) break;
    const { value, isImage } = next;
    if (typeof value === 'string' && isImage) found.push({ url: value, width: 0, height: 0, text: '' });
    if (Array.isArray(value))
      for (const one of value.slice(0, MAX_VISITED)) waiting.push({ value: one, isImage });
    else if (isRecord(value)) {
      const image = isImage || isImageType(value['@type']) ? imageIn(value) : null;
      if (image !== null) found.push(image);
      for (const [key, inner] of Object.entries(value))
        if (typeof inner === 'object' || isImageKey(key))
          waiting.push({ value: inner, isImage: isImageKey(key) });
    }
  }
  return found;
}

function imageIn(value: Record<string, unknown>): StructuredImage | null {
  const url = value['contentUrl'] ?? value['url'] ?? value['@id'];
  if (typeof url !== 'string') return null;
  const text = typeof value['caption'] === 'string' ? value['caption'] : '';
  return { url, width: pixelsIn(value['width']), height: pixelsIn(value['height']), text };
}

function pixelsIn(value: unknown): number {
  const number = isRecord(value) ? value['value'] : value;
  const isSaid = typeof number === 'number' || typeof number === 'string';
  return isSaid ? Math.max(0, Number.parseInt(String(number), 10)) || 0 : 0;
}

/** A type is a name or a list of names. */
function isImageType(type: unknown): boolean {
  return [type].flat().some((name) => typeof name === 'string' && /Image|Photograph/.test(name));
}

function isImageKey(key: string): boolean {
  return IMAGE_KEYS.some((known) => known === key);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Broken JSON is common on pages; it is skipped.
    return null;
  }
}
