import { diceOf } from '../dice.ts';
import { pause, type Exchange, type Handler } from '../exchange.ts';
import type { ReplicaPlan } from '../options.ts';
import type { Darkroom } from '../pictures/darkroom.ts';
import type { Stats } from '../stats.ts';
import { brokenAnswers } from './answers/broken.ts';
import { goodAnswers } from './answers/good.ts';
import { neverEndingAnswers } from './answers/never-ending.ts';
import { notImageAnswers } from './answers/not-images.ts';
import { redirectAnswers } from './answers/redirects.ts';
import { refusingAnswers } from './answers/refusals.ts';
import type { Catalogues } from './catalogue.ts';
import type { Behaviour } from './behaviours.ts';
import type { CatalogueEntry } from './entry.ts';

/** The parts of an answer. */
export interface Scene {
  readonly exchange: Exchange;
  readonly entry: CatalogueEntry;
  /** The true file of the entry, painted on demand. */
  readonly file: () => Promise<Buffer>;
  readonly plan: ReplicaPlan;
  readonly stats: Stats;
  /** Addresses of the image web's hosts. */
  readonly origins: readonly string[];
  /** An address that no client may reach. */
  readonly canaryUrl: string;
}

/** Sends the answer of one behaviour. */
export type Answering = (scene: Scene) => Promise<void> | void;

const ANSWERS: Readonly<Record<Behaviour, Answering>> = {
  ...goodAnswers,
  ...refusingAnswers,
  ...redirectAnswers,
  ...neverEndingAnswers,
  ...brokenAnswers,
  ...notImageAnswers,
};

/** The parts of the image web. */
export interface ImageWeb extends Pick<Scene, 'plan' | 'stats' | 'origins' | 'canaryUrl'> {
  readonly catalogues: Catalogues;
  readonly darkroom: Darkroom;
}

/** Serves `/i/…`: the images, each with its behaviour after its latency. */
export function imageSite(web: ImageWeb): Handler {
  return async (exchange) => {
    if (!exchange.url.pathname.startsWith('/i/')) return false;
    const entry = web.catalogues.behind(exchange.url);
    if (entry === null) return false;
    exchange.record.kind = 'image';
    const { plan, darkroom } = web;
    // Painted during the latency, so that a cold picture costs a client no more than a warm one.
    const file = darkroom.file(entry);
    const [least, most] = plan.latencyMs;
    const latencyMs = diceOf('latency', plan.seed, exchange.url.pathname).integer(least, most);
    const isThere = await pause(exchange, latencyMs);
    await file;
    if (isThere) await ANSWERS[entry.behaviour]({ ...web, exchange, entry, file: () => file });
    return true;
  };
}
