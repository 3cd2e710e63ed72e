import { diceOf } from '../dice.ts';
import { pause, send, waitForEnd, type Answer, type Exchange } from '../exchange.ts';
import { wishesOf } from '../scenarios.ts';
import type { EngineName } from '../../../src/engines/engines.ts';
import type { CatalogueEntry } from '../web/entry.ts';
import type { ImageWeb } from '../web/image-site.ts';

/** The answers of an engine that refuses. */
export interface Refusals {
  /** For `captcha`, `soft-block` and `block-midway`. */
  readonly blocked: Answer;
  /** For `changed-layout`. */
  readonly changed: Answer;
}

/** One question to an engine. */
export interface Question {
  readonly engine: EngineName;
  readonly query: string;
  /** Pages before this one. */
  readonly page: number;
}

/**
 * Waits like the engine and plays its scenario.
 * @returns the engine's results (none in `no-results`), or null if the answer was given or cut off
 */
export async function resultsUnlessInTheWay(
  { plan, catalogues }: ImageWeb,
  exchange: Exchange,
  { engine, query, page }: Question,
  refusals: Refusals,
): Promise<readonly CatalogueEntry[] | null> {
  const [least, most] = plan.searchLatencyMs;
  const latencyMs = diceOf('search', plan.seed, engine, query, page).integer(least, most);
  const scenario = wishesOf(query).scenarios[engine] ?? plan.scenarios[engine] ?? 'usual';
  const isThere = await pause(exchange, latencyMs + (scenario === 'slow' ? plan.slowMs : 0));
  const isBlockedHere = scenario === 'block-midway' && page >= plan.pagesBeforeBlock;
  if (!isThere) return null;
  if (scenario === 'no-results') return [];
  if (scenario === 'captcha' || scenario === 'soft-block' || isBlockedHere) send(exchange, refusals.blocked);
  else if (scenario === 'changed-layout') send(exchange, refusals.changed);
  else if (scenario === 'server-error') send(exchange, { status: 503, body: 'Service unavailable' });
  else if (scenario === 'reset') exchange.response.socket?.resetAndDestroy();
  else if (scenario === 'hang') await waitForEnd(exchange);
  else return catalogues.of(engine, query);
  return null;
}

/** Reads a whole number from the address. */
export function numberIn(exchange: Exchange, name: string, fallback: number): number {
  const text = exchange.url.searchParams.get(name);
  return text !== null && /^\d+$/.test(text) ? Number(text) : fallback;
}
