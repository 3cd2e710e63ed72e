import { boundedTitle, boundedUrl } from '../../jobs/candidate-facts.js';
import { type Attributes, readMarkup } from '../../scraping/markup.js';
import { isOptedOut } from '../fetching/robots-tag.js';
import { imagesInJsonLd } from './json-ld.js';
import { largestOf } from './srcset.js';

/** How a page mentions an image. */
export type PageImageKind = 'social' | 'structured' | 'link' | 'lazy' | 'source' | 'shown';

/** An image that a page mentions. */
export interface PageImage {
  /** Absolute. */
  readonly url: string;
  readonly kind: PageImageKind;
  /** Pixels if the page states them, else 0. */
  readonly width: number;
  readonly height: number;
  /** The page's description of the image. */
  readonly text: string;
}

/** The images of a page. */
export interface PageImages {
  readonly images: readonly PageImage[];
  /** Whether the author asks not to collect the page's images. */
  readonly isOptedOut: boolean;
}

const MAX_IMAGES = 600;
/** Maximum addresses examined: most repeat an image that is listed already. */
const MAX_ADDRESSES = 5000;
const SOCIAL = /^(?:og:image(?::url|:secure_url)?|twitter:image(?::src)?|image|thumbnail)$/i;
const LAZY =
  /^data-(?:src|original|lazy|lazy-src|full|full-src|large|large_image|large-file|orig-file|zoom-image|hi-?res|image|url|img|src-large|highres)$/;
const LAZY_SETS = /^data-(?:lazy-)?srcset$/;
const IMAGE_FILE = /\.(?:jpe?g|png|webp|gif|avif)$/i;
const BACKGROUND = /url\(\s*(?:"([^"]+)"|'([^']+)'|([^()'"\s]+))\s*\)/i;

/**
 * Lists every image that a page mentions, each once: social cards, JSON-LD, links to files, lazy attributes,
 * srcset, `picture`, `img` and backgrounds. Runs no scripts.
 * @param pageUrl base of relative addresses, unless the page has a `base`
 * @see https://ogp.me/ @see https://html.spec.whatwg.org/multipage/images.html
 */
export function imagesOfPage(html: string, pageUrl: URL): PageImages {
  const listed = new ListedImages(pageUrl);
  let jsonLd: string | null = null;
  readMarkup(html, {
    onTag(name, attributes) {
      listed.readTag(name, attributes);
      if (name === 'script' && /ld\+json/i.test(attributes['type'] ?? '')) jsonLd = '';
    },
    onText(text) {
      if (jsonLd !== null) jsonLd += text;
    },
    onClosingTag(name) {
      if (name !== 'script' || jsonLd === null) return;
      for (const image of imagesInJsonLd(jsonLd)) listed.add(image.url, 'structured', image);
      jsonLd = null;
    },
  });
  return { images: listed.all(), isOptedOut: listed.isOptedOut };
}

interface Said {
  readonly width?: number;
  readonly height?: number;
  readonly text?: string;
}

class ListedImages {
  isOptedOut = false;
  private readonly images = new Map<string, PageImage>();
  private base: URL;
  private isRebased = false;
  private addresses = 0;

  constructor(pageUrl: URL) {
    this.base = pageUrl;
  }

  all(): PageImage[] {
    return [...this.images.values()];
  }

  readTag(name: string, attributes: Attributes): void {
    if (name === 'base') this.rebase(attributes['href']);
    else if (name === 'meta') this.takeMeta(attributes);
    else if (name === 'link') this.takeLink(attributes);
    else if (name === 'a') this.takeAnchor(attributes);
    else if (name === 'img' || name === 'source' || name === 'amp-img') this.takeImage(name, attributes);
    const background = BACKGROUND.exec(attributes['style'] ?? '');
    this.add(background?.[1] ?? background?.[2] ?? background?.[3], 'shown');
  }

  add(
    address: string | undefined,
    kind: PageImageKind,
    { width = 0, height = 0, text = '' }: Said = {},
  ): void {
    if (address === undefined || this.images.size >= MAX_IMAGES || this.addresses >= MAX_ADDRESSES) return;
    this.addresses += 1;
    const url = this.fileAt(address);
    if (url === null) return;
    const known = this.images.get(url);
    this.images.set(url, {
      url,
      kind: known?.kind ?? kind,
      width: known?.width || width,
      height: known?.height || height,
      text: known?.text || (boundedTitle(text) ?? ''),
    });
  }

  /** @returns null if this cannot be the address of a picture, or is too long */
  private fileAt(address: string): string | null {
    const url = this.resolved(address);
    if (url === null) return null;
    url.hash = '';
    const isFile = /^https?:$/.test(url.protocol) && !/\.(?:svg|ico|css|js|mp4|webm)$/i.test(url.pathname);
    return isFile ? boundedUrl(url.href) : null;
  }

  private resolved(address = ''): URL | null {
    const bounded = boundedUrl(address.trim());
    return bounded ? URL.parse(bounded, this.base.href) : null;
  }

  /** The first `base` counts. */
  private rebase(href: string | undefined): void {
    if (!this.isRebased) this.base = this.resolved(href) ?? this.base;
    this.isRebased = true;
  }

  private takeMeta(attributes: Attributes): void {
    const name = attributes['property'] ?? attributes['name'] ?? attributes['itemprop'] ?? '';
    const content = attributes['content'];
    if (SOCIAL.test(name)) this.add(content, 'social');
    if (/^(?:robots|image-job)$/i.test(name)) this.isOptedOut ||= isOptedOut(content);
  }

  private takeLink({ rel = '', as: use = '', href, imagesrcset }: Attributes): void {
    const isImage = /\bimage_src\b/i.test(rel) || (/\bpreload\b/i.test(rel) && use === 'image');
    if (isImage) this.add(largestOf(imagesrcset)?.url ?? href, 'social');
  }

  private takeAnchor({ href = '', title = '' }: Attributes): void {
    const path = /^[^?#]*/.exec(href)?.[0] ?? '';
    if (IMAGE_FILE.test(path)) this.add(href, 'link', { text: title });
  }

  private takeImage(name: string, attributes: Attributes): void {
    const text = attributes['alt'] ?? attributes['title'] ?? '';
    const said = { width: pixels(attributes['width']), height: pixels(attributes['height']), text };
    for (const [attribute, value] of Object.entries(attributes)) {
      if (LAZY.test(attribute)) this.add(value, 'lazy', { text });
      if (LAZY_SETS.test(attribute)) this.addLargest(value, text);
    }
    this.addLargest(attributes['srcset'], text);
    if (name !== 'source') this.add(attributes['src'], 'shown', said);
  }

  private addLargest(srcset: string | undefined, text: string): void {
    const largest = largestOf(srcset);
    if (largest !== null) this.add(largest.url, 'source', { width: largest.width, text });
  }
}

function pixels(text = ''): number {
  return Number(/^\s*(\d{1,5})(?:px)?\s*$/.exec(text)?.[1] ?? 0);
}
