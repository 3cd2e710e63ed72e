import { ENGINE_NAMES, type EngineName } from '../../src/engines/engines.ts';
import { isBehaviour, isWebName, WEBS, type Rates } from './web/behaviours.ts';

/** Behaviours of an engine instead of its usual answer; not every engine supports all of them. */
export const SCENARIOS = [
  'usual',
  'layout-2024',
  'layout-2022',
  'no-urls',
  'panel-only',
  'page-only',
  'more-link',
  'consent',
  'consent-loop',
  'captcha',
  'soft-block',
  'block-midway',
  'no-results',
  'changed-layout',
  'server-error',
  'slow',
  'hang',
  'reset',
] as const;
/** One behaviour of an engine. */
export type Scenario = (typeof SCENARIOS)[number];

/** The wishes in the words of a query. */
export interface Wishes {
  readonly scenarios: Partial<Readonly<Record<EngineName, Scenario>>>;
  /** Null: the default of the options. */
  readonly rates: Rates | null;
  /** Number of all results; null: the default of the options. */
  readonly results: number | null;
}

/**
 * Reads the wishes from the words of a query: `scenario:NAME` (Google), `ENGINE:NAME`, `all:NAME`,
 * `web:MIX` or `web:BEHAVIOUR` (every second address), `results:N`. Other words mean nothing to the replica.
 */
export function wishesOf(query: string): Wishes {
  const scenarios: Partial<Record<EngineName, Scenario>> = {};
  let rates: Rates | null = null;
  let results: number | null = null;
  for (const word of query.toLowerCase().split(/\s+/)) {
    const [key = '', value = ''] = word.split(':', 2);
    if (key === 'web') rates = ratesNamed(value) ?? rates;
    if (key === 'results' && /^\d+$/.test(value)) results = Number(value);
    if (isScenario(value)) for (const engine of enginesNamed(key)) scenarios[engine] = value;
  }
  return { scenarios, rates, results };
}

/** Whether `text` names a scenario. */
export function isScenario(text: string): text is Scenario {
  return SCENARIOS.some((name) => name === text);
}

function enginesNamed(key: string): readonly EngineName[] {
  if (key === 'scenario') return ['google'];
  return key === 'all' ? ENGINE_NAMES : ENGINE_NAMES.filter((engine) => engine === key);
}

function ratesNamed(value: string): Rates | null {
  if (isWebName(value)) return WEBS[value];
  return isBehaviour(value) ? { [value]: 0.5 } : null;
}
