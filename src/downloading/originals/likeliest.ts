import type { Candidate } from '../../jobs/candidate.js';
import type { PageImage, PageImageKind } from './page-images.js';

/** Facts of a result about the image that is looked for. */
export type Sought = Pick<Candidate, 'imageUrl' | 'previewUrl' | 'title' | 'claimed'>;

/** How likely an image of a kind is the original, without further evidence. */
const BY_KIND: Readonly<Record<PageImageKind, number>> = {
  link: 50,
  source: 45,
  structured: 45,
  social: 40,
  lazy: 35,
  shown: 25,
};

const ORNAMENT =
  /logo|icon|sprite|avatar|badge|banner|pixel|spacer|loading|placeholder|button|emoji|favicon|gravatar/i;
const SMALL =
  /thumb|small|mini|preview|tiny|[-_]?(?:\d{2}|1\d\d|2\d\d)x(?:\d{2}|1\d\d|2\d\d)\b|[-_/](?:s|t|sq|xs)\.\w+$/i;
const ORNAMENT_PX = 100;

/**
 * Orders the images of a page by how likely each is the one sought, best first. Leaves out the preview
 * itself.
 * @param most maximum number of images
 */
export function likeliestOf(images: readonly PageImage[], sought: Sought, most: number): string[] {
  return images
    .filter(({ url }) => url !== sought.previewUrl && url !== sought.imageUrl)
    .map((image) => ({ url: image.url, points: pointsOf(image, sought) }))
    .toSorted((one, other) => other.points - one.points)
    .slice(0, most)
    .map(({ url }) => url);
}

function pointsOf(image: PageImage, sought: Sought): number {
  const { pathname } = new URL(image.url);
  let points = BY_KIND[image.kind];
  if (stemOf(image.url) === stemOf(sought.imageUrl ?? '')) points += 100;
  if (ORNAMENT.test(pathname)) points -= 60;
  if (SMALL.test(pathname)) points -= 20;
  if (isOrnament(image)) points -= 80;
  if (hasClaimedSize(image, sought)) points += 40;
  return points + 20 * sharedWords(`${image.text} ${decoded(pathname)}`, sought.title ?? '');
}

/**
 * The name of an image without folders, extension and the size that many sites add: the same for all its
 * copies.
 */
function stemOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const name = new URL(url).pathname.split('/').at(-1) ?? '';
  const stem = name.replace(/\.\w+$/, '').replace(/[-_](?:\d+x\d+|scaled|\d+w|large|full|original)$/i, '');
  return stem === '' ? null : stem.toLowerCase();
}

function isOrnament({ width, height }: PageImage): boolean {
  return (width > 0 && width < ORNAMENT_PX) || (height > 0 && height < ORNAMENT_PX);
}

function hasClaimedSize({ width, height }: PageImage, { claimed }: Sought): boolean {
  return claimed !== null && width === claimed.width && (height === claimed.height || height === 0);
}

/** The share of a title's words in a text, from 0 to 1. */
function sharedWords(text: string, title: string): number {
  const words = wordsOf(title);
  const there = wordsOf(text);
  if (words.size === 0) return 0;
  return [...words].filter((word) => there.has(word)).length / words.size;
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu));
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    // Not every path is UTF-8; an undecoded one only matches fewer words.
    return pathname;
  }
}
