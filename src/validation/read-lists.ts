import { ENGINE_NAMES, type EngineName } from '../engines/engines.js';
import { engineWording } from '../jobs/wording/filter-wording.js';
import { asciiHost, isHostName } from './host-name.js';
import { findChoice, nearestChoice, shown } from './read-choice.js';
import { asText, read, type Reading, refuse, type Refused } from './reading.js';

/** Parts of a list that are read; the rest is ignored. */
const MAX_PARTS = 200;

/** Reads site names, separated by commas or spaces or as a JSON list. Addresses are cut to their host. */
export function readSites(raw: unknown): Reading<readonly string[]> {
  const parts = asList(raw);
  if (parts === null) return refuse('field.not_text');
  const sites = parts.map((part) => ({ part, site: siteIn(part) }));
  const wrong = sites.find(({ site }) => !isHostName(site));
  if (wrong !== undefined) return refuse('sites.not_a_site', { value: shown(wrong.part) });
  return read([...new Set(sites.map(({ site }) => site))]);
}

/**
 * Reads `https://www.example.org/page` and `*.example.org` as `example.org`: subdomains are always included.
 */
function siteIn(part: string): string {
  const host = part.replace(/^https?:\/\//i, '').replace(/[/?#].*$/s, '');
  return asciiHost(host.replace(/^\*\./, '')).replace(/^www\.(?=.+\.)/, '');
}

/**
 * Reads engines in order of preference, separated like sites; an empty list means the operator's order.
 * @param inUse the engines of this installation
 */
export function readEngines(raw: unknown, inUse: readonly EngineName[]): Reading<readonly EngineName[]> {
  const parts = asList(raw);
  if (parts === null) return refuse('field.not_text');
  const found: EngineName[] = [];
  for (const part of parts) {
    const engine = findChoice(part, ENGINE_NAMES);
    if (engine === null) return unknownEngine(part, inUse);
    if (!inUse.includes(engine))
      return refuse('engines.not_here', { engine: engineWording(engine), choices: inUse.join(', ') });
    found.push(engine);
  }
  return read([...new Set(found)]);
}

function unknownEngine(part: string, inUse: readonly EngineName[]): Refused {
  const nearest = nearestChoice(part, inUse);
  const value = shown(part);
  return nearest === null
    ? refuse('engines.unknown', { value, choices: inUse.join(', ') })
    : refuse('engines.unknown_near', { value, nearest });
}

/** Splits a text, or each text of a list, at commas and spaces; null for any other value. */
function asList(raw: unknown): string[] | null {
  const texts = Array.isArray(raw) ? raw.slice(0, MAX_PARTS).map(asText) : [asText(raw)];
  if (texts.some((text) => text === null)) return null;
  return texts
    .flatMap((text) => (text ?? '').split(/[\s,;]+/, MAX_PARTS))
    .filter((part) => part !== '')
    .slice(0, MAX_PARTS);
}
