import { Html, html } from '../../jobs/wording/html.js';
import { zoneName } from '../../validation/times/read-due.js';
import { DEFAULT_ZONE, type ZoneChoice } from '../../validation/times/time-zones.js';

/**
 * The options of the time-zone list, grouped by region. Each option starts with the city, so that typing its
 * first letters finds it. The hundreds of options are rendered once, not for every page.
 */
export class TimeZoneOptions {
  private readonly ids: ReadonlySet<string>;
  private readonly lists: string;

  constructor(choices: readonly ZoneChoice[]) {
    this.ids = new Set(choices.map(({ id }) => id));
    const groups = Map.groupBy(choices, ({ id }) => regionOf(id));
    this.lists = [...groups].map(([region, zones]) => group(region, zones).source).join('');
  }

  /** @param chosen the selected zone; an unlisted zone is added */
  choosing(chosen: string): Html {
    const none = html`<option value="">Choose a zone</option>`;
    if (chosen === '') return new Html(none.source + this.lists);
    if (this.ids.has(chosen)) return new Html(none.source + this.lists.replace(valueOf(chosen), selected));
    const extra = html`<option value="${chosen}" selected>${chosen}</option>`;
    return new Html(none.source + extra.source + this.lists);
  }
}

function group(region: string, zones: readonly ZoneChoice[]): Html {
  return html`<optgroup label="${region}">${zones.map(option)}</optgroup>`;
}

function option({ id, offset }: ZoneChoice): Html {
  const words = id === DEFAULT_ZONE ? id : `${nameOf(id)} (${offsetName(offset)})`;
  return html`<option value="${id}">${words}</option>`;
}

function valueOf(id: string): string {
  return html`value="${id}"`.source;
}

function selected(value: string): string {
  return `${value} selected`;
}

function regionOf(id: string): string {
  return id.includes('/') ? id.slice(0, id.indexOf('/')) : 'World';
}

/** Names a zone by city, e.g. `Salta, Argentina` for `America/Argentina/Salta`. */
function nameOf(id: string): string {
  const middle = id.split('/').slice(1, -1).map(zoneName);
  return [zoneName(id), ...middle].join(', ');
}

function offsetName(offset: string): string {
  return offset === '+00:00' ? 'UTC' : `UTC${offset.replace('-', '−')}`;
}
