import type { Clock, Instant } from '../../src/jobs/clock.port.js';
import { timeZoneChoices, type ZoneChoice } from '../../src/validation/time-zones.js';
import { choice, type Choice } from './choice.js';

const MOST = 25;
/** Offsets change when clocks do; asking for all of them takes a while. */
const KEPT_MS = 600_000;

/** Time zones to choose from, by any part of their names. */
export class ZoneSuggestions {
  private zones: readonly ZoneChoice[] = [];
  private goodUntil: Instant = 0;

  constructor(private readonly clock: Clock) {}

  /** @param known the asker's zone so far, or ''; it comes first */
  suggest(typed: string, known: string): Choice[] {
    const words = plain(typed);
    const found = this.all().filter(({ id }) => plain(id).includes(words));
    const rank = ({ id }: ZoneChoice): number =>
      id === known ? 0 : plain(id.slice(id.lastIndexOf('/') + 1)).startsWith(words) ? 1 : 2;
    const first = found.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST);
    return first.map(({ id, offset }) => choice(`${id.replaceAll('_', ' ')} (UTC${offset})`, id));
  }

  private all(): readonly ZoneChoice[] {
    const now = this.clock.now();
    if (now >= this.goodUntil) {
      this.zones = timeZoneChoices(now);
      this.goodUntil = now + KEPT_MS;
    }
    return this.zones;
  }
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ')
    .trim();
}
