import { diceOf } from '../dice.ts';
import type { ReplicaPlan } from '../options.ts';
import { fit } from '../pictures/paint.ts';
import { planPicture, type PicturePlan } from '../pictures/picture-plan.ts';
import { wishesOf } from '../scenarios.ts';
import { ENGINE_NAMES, type EngineName } from '../../../src/engines/engines.ts';
import { BEHAVIOURS, behaviourAt, type Behaviour } from './behaviours.ts';
import type { CatalogueEntry, Variant } from './entry.ts';
import { licenceOf, siteOf, subjectOf, titleOf } from './words.ts';

const VARIANTS: Partial<Readonly<Record<Behaviour, Variant>>> = {
  'exact-duplicate': 'original',
  'near-reencoded': 'reencoded',
  'near-resized': 'resized',
  'near-cropped': 'cropped',
};

const ENDINGS = { jpeg: 'jpg', png: 'png', webp: 'webp', gif: 'gif', avif: 'avif' } as const;
const MOST_QUERIES = 50;

/** All results of every engine and query; the same seed always gives the same ones. */
export class Catalogues {
  readonly #plan: ReplicaPlan;
  readonly #origins: readonly string[];
  readonly #known = new Map<string, readonly CatalogueEntry[]>();

  /** @param origins addresses of the image web's hosts */
  constructor(plan: ReplicaPlan, origins: readonly string[]) {
    this.#plan = plan;
    this.#origins = origins;
  }

  /** @returns all results of `engine` for `query`, in its order */
  of(engine: EngineName, query: string): readonly CatalogueEntry[] {
    const key = `${engine}\n${query}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = this.#make(engine, query);
    if (this.#known.size >= MOST_QUERIES) this.#known.clear();
    this.#known.set(key, made);
    return made;
  }

  /** @returns the entry behind an address `/KIND/TOKEN/INDEX/…` of the image web, or null */
  behind(url: URL): CatalogueEntry | null {
    const [, , token = '', index = ''] = url.pathname.split('/');
    const [engine, query] = Buffer.from(token, 'base64url').toString('utf8').split('\n', 2);
    const known = ENGINE_NAMES.find((name) => name === engine);
    if (known === undefined || query === undefined || !/^\d+$/.test(index)) return null;
    return this.of(known, query)[Number(index)] ?? null;
  }

  #make(engine: EngineName, query: string): CatalogueEntry[] {
    const wishes = wishesOf(query);
    const rates = wishes.rates ?? this.#plan.rates;
    const entries: CatalogueEntry[] = [];
    const originals: CatalogueEntry[] = [];
    for (let index = 0; index < (wishes.results ?? this.#plan.ceiling); index += 1) {
      const shared = this.#sharedWithGoogle(engine, query, index);
      if (shared !== null) {
        entries.push(shared);
        continue;
      }
      const wanted = behaviourAt(rates, diceOf('behaviour', this.#plan.seed, engine, query, index).next());
      const entry = this.#entry(engine, query, index, wanted, originals);
      entries.push(entry);
      if (entry.verdict === 'good' && entry.sameAs === null) originals.push(entry);
    }
    return entries;
  }

  /** One in five results of the other engines is one of Google's. */
  #sharedWithGoogle(engine: EngineName, query: string, index: number): CatalogueEntry | null {
    const dice = diceOf('shared', this.#plan.seed, engine, query, index);
    if (engine === 'google' || dice.next() >= 0.2) return null;
    const found = this.of('google', query);
    if (found.length === 0) return null;
    return { ...dice.pick(found), engine, index, docId: `${dice.token(13)}M`, sameAs: null };
  }

  #entry(
    engine: EngineName,
    query: string,
    index: number,
    wanted: Behaviour,
    originals: readonly CatalogueEntry[],
  ): CatalogueEntry {
    const dice = diceOf('entry', this.#plan.seed, engine, query, index);
    const variant = VARIANTS[wanted];
    // A copy needs an original; before the first original the entry is one itself.
    const source = variant === undefined || originals.length === 0 ? null : dice.pick(originals);
    const behaviour = variant !== undefined && source === null ? 'plain' : wanted;
    const key = `${this.#plan.seed}/${engine}/${query}/${index}`;
    const picture = source?.picture ?? planPicture(key, this.#plan.imageBytes);
    const token = Buffer.from(`${engine}\n${query}`).toString('base64url');
    const place = `${token}/${index}/${slugOf(query)}-${index}`;
    return {
      engine,
      index,
      docId: `${dice.token(13)}M`,
      url: `${dice.pick(this.#origins)}/i/${place}${endingOf(behaviour, picture)}`,
      pageUrl: `${dice.pick(this.#origins)}/page/${place}.html`,
      previewUrl: `${dice.pick(this.#origins)}/thumb/${place}?q=tbn:${dice.token(24)}&s=10`,
      title: titleOf(subjectOf(query), dice),
      site: siteOf(dice),
      licence: licenceOf(dice),
      behaviour,
      verdict: BEHAVIOURS[behaviour],
      sameAs: source?.index ?? null,
      picture,
      variant: source === null || variant === undefined ? 'original' : variant,
      ...claimedSize(behaviour, picture),
    };
  }
}

function claimedSize(behaviour: Behaviour, picture: PicturePlan): { width: number; height: number } {
  if (behaviour === 'near-resized') return fit(picture, 0.8 * Math.max(picture.width, picture.height));
  return { width: picture.width, height: picture.height };
}

function slugOf(query: string): string {
  const slug = subjectOf(query)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  return slug.slice(0, 40) || 'picture';
}

function endingOf(behaviour: Behaviour, picture: PicturePlan): string {
  if (behaviour === 'untyped') return '';
  if (behaviour === 'mislabelled') return picture.format === 'jpeg' ? '.png' : '.jpg';
  return `.${ENDINGS[picture.format]}`;
}
