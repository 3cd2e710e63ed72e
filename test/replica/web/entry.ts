import type { PicturePlan } from '../pictures/picture-plan.ts';
import type { EngineName } from '../../../src/engines/engines.ts';
import type { Behaviour, Verdict } from './behaviours.ts';

/** The relation of a picture to the one it is painted from. */
export type Variant = 'original' | 'reencoded' | 'resized' | 'cropped';

/** A licence as an engine states it. */
export interface EntryLicence {
  readonly name: string;
  readonly url: string;
  readonly credit: string;
}

/** One result of a query: an engine's facts about it and the real behaviour of its address. */
export interface CatalogueEntry {
  readonly engine: EngineName;
  /** Place in the engine's order, from 0. */
  readonly index: number;
  /** The engine's id of the result: 14 characters. */
  readonly docId: string;
  /** The image's address as the engine gives it. */
  readonly url: string;
  readonly pageUrl: string;
  readonly previewUrl: string;
  readonly title: string;
  readonly site: string;
  readonly licence: EntryLicence | null;
  readonly behaviour: Behaviour;
  readonly verdict: Verdict;
  /** The original of the same engine that this entry copies. */
  readonly sameAs: number | null;
  readonly picture: PicturePlan;
  readonly variant: Variant;
  /** Pixels as the engine claims them. */
  readonly width: number;
  readonly height: number;
}

/** An entry as plain data for a test that compares what was delivered with what was served. */
export interface CatalogueLine extends Omit<CatalogueEntry, 'picture' | 'variant'> {
  readonly format: PicturePlan['format'];
  /** Digest (hex) of the true file behind the address; null if there is none. */
  readonly sha256: string | null;
  /** Bytes of that file. */
  readonly bytes: number | null;
}
