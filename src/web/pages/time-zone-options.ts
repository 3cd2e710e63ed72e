import { Html, html } from '../../jobs/wording/html.js';
import { zoneName } from '../../validation/times/read-due.js';
import { DEFAULT_ZONE, type ZoneChoice } from '../../validation/times/time-zones.js';

/**
 * The options of the time-zone list, one group a region. City names come first in each option, so that typing
 * the first letters of a city finds it. There are hundreds: they are written once, and not for every page.
 */
export class TimeZoneOptions {
  private readonly ids: ReadonlySet<string>;
  private readonly lists: string;

  constructor(choices: readonly ZoneChoice[]) {
    this.ids = new Set(choices.map(({ id }) => id));
    const groups = Map.groupBy(choices, ({ id }) => regionOf(id));
    this.lists = [...groups].map(([region, zones]) => group(region, zones).source).join('');
  }

  /** @param chosen the zone that is selected; one that is not among the choices is added */
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

/** `America/Argentina/Salta` is «Salta, Argentina». */
function nameOf(id: string): string {
  const middle = id.split('/').slice(1, -1).map(zoneName);
  return [zoneName(id), ...middle].join(', ');
}

function offsetName(offset: string): string {
  return offset === '+00:00' ? 'UTC' : `UTC${offset.replace('-', '−')}`;
}
