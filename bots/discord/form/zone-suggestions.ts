import type { Clock } from '../../../src/jobs/clock.port.js';
import { timeZoneNames, zoneChoice } from '../../../src/validation/times/time-zones.js';
import { suggestion, type Suggestion } from './suggestion.js';

const MOST = 25;

/** Suggests time zones by any part of their names. */
export class ZoneSuggestions {
  private readonly zones = timeZoneNames();

  constructor(private readonly clock: Clock) {}

  /** @param known the asker's last zone, or ''; it comes first */
  suggest(typed: string, known: string): Suggestion[] {
    const words = plain(typed);
    const found = this.zones.filter((id) => plain(id).includes(words));
    const rank = (id: string): number =>
      id === known ? 0 : plain(id.slice(id.lastIndexOf('/') + 1)).startsWith(words) ? 1 : 2;
    const now = this.clock.now();
    return found
      .toSorted((a, b) => rank(a) - rank(b))
      .slice(0, MOST)
      .map((name) => zoneChoice(name, now))
      .map(({ id, offset }) => suggestion(`${id.replaceAll('_', ' ')} (UTC${offset})`, id));
  }
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ')
    .trim();
}
